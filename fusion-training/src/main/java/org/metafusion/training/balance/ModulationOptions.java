package org.metafusion.training.balance;

import org.metafusion.core.FusionException;
import org.metafusion.core.modality.Task;

/**
 * How gradients are modulated. A modality's part of a student is its trained encoder and, where the student concatenates,
 * the block of the head's first layer that reads it.
 *
 * @param kind none by default
 * @param alpha its strength, above 0
 * @param cap of AGM, above 0: see {@link AdaptiveModulation}
 * @param scope what is scaled
 */
public record ModulationOptions(Modulation kind, double alpha, double cap, Scope scope) {

    private static final int MOST_MODALITIES = 30;

    /** No modulation. */
    public static final ModulationOptions NONE = new ModulationOptions(Modulation.NONE, 1, 1, Scope.STEP);

    /** What a coefficient scales. */
    public enum Scope {
        /**
         * The step that the optimiser takes. Under plain gradient descent this is the same as scaling the gradient; under
         * AdamW it is what the coefficient is meant to do, since AdamW divides by the gradient's own size, so that a
         * modality whose gradients are all halved learns as fast as before.
         */
        STEP,
        /** The gradient before AdamW, as implementations that follow the papers' text do. */
        GRADIENT
    }

    public ModulationOptions {
        require(alpha > 0 && Double.isFinite(alpha), "modulation alpha", alpha);
        require(cap > 0 && Double.isFinite(cap), "modulation cap", cap);
    }

    private static void require(boolean holds, String name, double value) {
        if (!holds) {
            throw new FusionException("Option '" + name + "' must be above 0 but is " + value);
        }
    }

    /** @throws FusionException if the task or the number of modalities does not allow this kind of modulation */
    public void requirePossible(Task task, int modalities) {
        if (kind.scalesGradients() && !(task instanceof Task.Classification)) {
            throw new FusionException("Modulation '" + kind.label()
                    + "' weighs modalities by the probability of the true class, but the task is regression; set"
                    + " training.modulation to none");
        }
        if (kind == Modulation.AGM && modalities > Coalitions.MOST_MODALITIES) {
            throw new FusionException("Modulation 'agm' asks about every set of modalities and takes "
                    + Coalitions.MOST_MODALITIES + " modalities at most, but the data has " + modalities
                    + "; use ogm or ogm-ge, which ask about each alone");
        }
        if (kind != Modulation.NONE && modalities > MOST_MODALITIES) {
            throw new FusionException("Modulation '" + kind.label() + "' takes " + MOST_MODALITIES
                    + " modalities at most, but the data has " + modalities + "; set training.modulation to none");
        }
    }

    /** Whether anything is modulated. */
    public boolean isActive() {
        return kind != Modulation.NONE;
    }

    /** Whether the gradient gets noise. */
    public boolean hasNoise() {
        return kind == Modulation.OGM_GE;
    }

    public ModulationOptions withKind(Modulation other) {
        return new ModulationOptions(other, alpha, cap, scope);
    }
}
