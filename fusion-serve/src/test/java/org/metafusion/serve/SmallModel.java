package org.metafusion.serve;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.metafusion.core.modality.FeatureTable;
import org.metafusion.core.modality.Modality;
import org.metafusion.core.modality.MultimodalDataset;
import org.metafusion.core.modality.Samples;
import org.metafusion.core.modality.Targets;
import org.metafusion.core.modality.Task;
import org.metafusion.core.port.StoredModel;
import org.metafusion.core.student.HeadSpec;
import org.metafusion.ensemble.MetaFusion;
import org.metafusion.ensemble.fit.CohortOptions;
import org.metafusion.ensemble.fit.FitOptions;
import org.metafusion.ensemble.model.FusionModel;
import org.metafusion.training.phase.TrainingOptions;

/** A model of two modalities, {@code image} of 4 and {@code text} of 3 features, fitted in a moment. */
final class SmallModel {

    static final int ROWS = 80;

    private SmallModel() {}

    static MultimodalDataset rows(List<String> classes) {
        Random random = new Random(4);
        float[] image = new float[ROWS * 4];
        float[] text = new float[ROWS * 3];
        int[] labels = new int[ROWS];
        for (int row = 0; row < ROWS; row++) {
            labels[row] = row % classes.size();
            for (int j = 0; j < 4; j++) {
                image[row * 4 + j] = labels[row] * j + 0.5f * (float) random.nextGaussian();
            }
            for (int j = 0; j < 3; j++) {
                text[row * 3 + j] = -labels[row] * j + (float) random.nextGaussian();
            }
        }
        Samples samples = new Samples(
                IntStream.range(0, ROWS).mapToObj(row -> "r" + row).toList(),
                List.of(
                        FeatureTable.complete(Modality.of("image", 4), ROWS, image),
                        FeatureTable.complete(Modality.of("text", 3), ROWS, text)));
        return new MultimodalDataset("small", samples, new Targets.Labels(new Task.Classification(classes), labels));
    }

    static StoredModel stored(long seed, String... classes) {
        Map<String, List<String>> raw = Map.of("image", List.of("raw"), "text", List.of("raw"));
        FitOptions options = FitOptions.defaults()
                .withCohort(new CohortOptions(raw, List.of(HeadSpec.of(6)), true, List.of("concatenation"), 9))
                .withTraining(new TrainingOptions(3, 16, 1e-2f, 0f, 0f, 3, 1f, 1f, seed));
        try (MetaFusion fusion = MetaFusion.configure()
                        .backend("cpu")
                        .threads(1)
                        .options(options)
                        .build();
                FusionModel model = fusion.fit(rows(List.of(classes))).model()) {
            return model.toStored();
        }
    }

    static FusionModel open(StoredModel stored) {
        try (MetaFusion fusion =
                MetaFusion.configure().backend("cpu").threads(1).build()) {
            return fusion.load(stored);
        }
    }
}
