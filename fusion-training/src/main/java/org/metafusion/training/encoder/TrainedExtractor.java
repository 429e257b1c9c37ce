package org.metafusion.training.encoder;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.metafusion.core.modality.Targets;
import org.metafusion.core.modality.Task;
import org.metafusion.core.representation.EncoderForm;
import org.metafusion.core.representation.Extraction;
import org.metafusion.core.representation.ExtractionRows;
import org.metafusion.core.representation.FeatureExtractor;
import org.metafusion.core.representation.FittedExtractor;
import org.metafusion.core.representation.StandardisedRows;
import org.metafusion.core.student.HeadSpec;
import org.metafusion.training.phase.TrainingOptions;
import org.metafusion.training.representation.DenseEncoder;

/**
 * Encoders trained on one modality alone, then frozen or the start of fine-tuned ones: {@code features, hidden 256 with ReLU, width}.
 *
 * <p>{@linkplain #supervised() Supervised}, for the task under a linear head; or an {@linkplain #autoencoder()
 * autoencoder}, for the mean squared error of the standardised features rebuilt by a hidden layer of 256 from the width.
 * AdamW on the backend, the best epoch on a fifth of the rows, which is held out.
 */
public final class TrainedExtractor implements FeatureExtractor {

    /** Name of the encoder that is trained for the task. */
    public static final String SUPERVISED = "sup";

    /** Name of the encoder that is trained to rebuild its input. */
    public static final String AUTOENCODER = "ae";

    private static final int HIDDEN = 256;

    private final String name;
    private final Objective objective;
    private final Function<Long, TrainingOptions> options;

    /** What the encoder is trained for, on rows that have the modality. */
    private interface Objective {
        Targets targets(StandardisedRows rows, Targets task);

        HeadSpec head();
    }

    private record ForTheTask() implements Objective {
        @Override
        public Targets targets(StandardisedRows rows, Targets task) {
            return task;
        }

        @Override
        public HeadSpec head() {
            return HeadSpec.LINEAR;
        }
    }

    private record ForItsInput() implements Objective {
        @Override
        public Targets targets(StandardisedRows rows, Targets task) {
            List<String> names = java.util.stream.IntStream.range(0, rows.width())
                    .mapToObj(j -> "feature " + j)
                    .toList();
            return new Targets.Values(new Task.Regression(names), rows.values());
        }

        @Override
        public HeadSpec head() {
            return HeadSpec.of(HIDDEN);
        }
    }

    private TrainedExtractor(String name, Objective objective, Function<Long, TrainingOptions> options) {
        this.name = name;
        this.objective = objective;
        this.options = options;
    }

    /** {@value #SUPERVISED}. */
    public static TrainedExtractor supervised() {
        return new TrainedExtractor(
                SUPERVISED, new ForTheTask(), seed -> new TrainingOptions(60, 64, 1e-3f, 1e-2f, 0.3f, 8, 1f, 1f, seed));
    }

    /** {@value #AUTOENCODER}. */
    public static TrainedExtractor autoencoder() {
        return new TrainedExtractor(
                AUTOENCODER, new ForItsInput(), seed -> new TrainingOptions(60, 64, 1e-3f, 1e-3f, 0f, 5, 1f, 1f, seed));
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Optional<EncoderForm> encoderForm(int asked) {
        return Optional.of(new EncoderForm(List.of(HIDDEN, asked), false));
    }

    @Override
    public List<FittedExtractor> fit(ExtractionRows rows, List<Extraction> wanted) {
        return wanted.stream()
                .map(one -> (FittedExtractor) train(rows, one.modality(), one.width()))
                .toList();
    }

    private DenseEncoder train(ExtractionRows rows, int modality, int width) {
        StandardisedRows all = rows.modalities().get(modality);
        StandardisedRows present = all.present();
        Targets task = rows.targets().select(all.presentRows());
        return new EncoderTraining(name, rows.backend(), HIDDEN, options.apply(rows.seed(modality)))
                .train(
                        present,
                        objective.targets(present, task),
                        rows.groups(all.presentRows()),
                        objective.head(),
                        width);
    }

    @Override
    public FittedExtractor restore(Map<String, float[]> state) {
        return DenseEncoder.restore(name, state);
    }
}
