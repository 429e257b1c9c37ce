package org.metafusion.training.phase;

import org.metafusion.core.FusionException;

/**
 * How students are trained.
 *
 * @param epochs at most, in each phase
 * @param batchSize rows a step; the last batch of an epoch may be smaller
 * @param learningRate of AdamW
 * @param weightDecay of AdamW, decoupled
 * @param dropout rate after each hidden layer
 * @param patience epochs without a better validation loss after which a student stops; it keeps its best weights
 * @param temperature of the softened distributions in the mutual loss
 * @param targetDeviation the standard deviation to which regression targets are scaled: with AdamW, whose steps do not
 *     depend on the loss's scale, a larger one means smaller steps relative to the targets
 * @param modalityDropout how likely a modality of a row is withheld, in each epoch, from the students that answer by what
 *     is there; others always see what they need
 * @param seed of initial weights, batch order and dropout
 */
public record TrainingOptions(
        int epochs,
        int batchSize,
        float learningRate,
        float weightDecay,
        float dropout,
        int patience,
        float temperature,
        float targetDeviation,
        float modalityDropout,
        long seed) {

    /** The modality dropout of options that do not say. */
    public static final float USUAL_MODALITY_DROPOUT = 0.3f;

    /** With the usual modality dropout. */
    public TrainingOptions(
            int epochs,
            int batchSize,
            float learningRate,
            float weightDecay,
            float dropout,
            int patience,
            float temperature,
            float targetDeviation,
            long seed) {
        this(
                epochs,
                batchSize,
                learningRate,
                weightDecay,
                dropout,
                patience,
                temperature,
                targetDeviation,
                USUAL_MODALITY_DROPOUT,
                seed);
    }

    public TrainingOptions {
        require(epochs >= 1, "epochs", epochs, "1 or more");
        require(batchSize >= 1, "batchSize", batchSize, "1 or more");
        require(learningRate > 0 && learningRate <= 1, "learningRate", learningRate, "in (0, 1]");
        require(weightDecay >= 0, "weightDecay", weightDecay, "0 or more");
        require(dropout >= 0 && dropout < 1, "dropout", dropout, "in [0, 1)");
        require(patience >= 1, "patience", patience, "1 or more");
        require(temperature > 0, "temperature", temperature, "positive");
        require(modalityDropout >= 0 && modalityDropout < 1, "modalityDropout", modalityDropout, "in [0, 1)");
        require(targetDeviation > 0, "targetDeviation", targetDeviation, "positive");
    }

    private static void require(boolean holds, String name, Number value, String range) {
        if (!holds) {
            throw new FusionException("Option '" + name + "' must be " + range + " but is " + value);
        }
    }

    /** The same with another seed. */
    public TrainingOptions withSeed(long other) {
        return new TrainingOptions(
                epochs,
                batchSize,
                learningRate,
                weightDecay,
                dropout,
                patience,
                temperature,
                targetDeviation,
                modalityDropout,
                other);
    }

    /**
     * The paper's simulations: Adam, learning rate 1e-3, batches of 64, no regularisation, and targets not scaled: their
     * standard deviation, by which they are centred and scaled here, is about 12.5.
     */
    public static TrainingOptions plain(int epochs, long seed) {
        return new TrainingOptions(epochs, 64, 1e-3f, 0f, 0f, epochs, 1f, 12.5f, seed);
    }
}
