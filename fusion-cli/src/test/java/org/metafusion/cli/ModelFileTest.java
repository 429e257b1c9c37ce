package org.metafusion.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.metafusion.core.modality.FeatureTable;
import org.metafusion.core.modality.Modality;
import org.metafusion.core.modality.MultimodalDataset;
import org.metafusion.core.modality.Samples;
import org.metafusion.core.modality.Targets;
import org.metafusion.core.modality.Task;
import org.metafusion.data.bundle.BundleModelStore;
import org.metafusion.ensemble.MetaFusion;
import org.metafusion.ensemble.config.FusionConfig;
import org.metafusion.ensemble.model.FusionModel;
import org.metafusion.ensemble.model.Prediction;

/** A model goes through a file to the same bits; tested here, where the facade and the file format meet. */
class ModelFileTest {

    private static final int ROWS = 60;

    @TempDir
    Path folder = Path.of("");

    private static FeatureTable table(String name, int width) {
        Random random = new Random(name.hashCode());
        float[] values = new float[ROWS * width];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return FeatureTable.complete(Modality.of(name, width), ROWS, values);
    }

    private static MultimodalDataset rows() {
        FeatureTable image = table("image", 6);
        float[] targets = new float[ROWS];
        for (int row = 0; row < ROWS; row++) {
            targets[row] = 1000 + 0.1f * image.values()[row * 6];
        }
        Samples samples = new Samples(
                IntStream.range(0, ROWS).mapToObj(row -> "row " + row).toList(), List.of(image, table("text", 5)));
        return new MultimodalDataset("noise", samples, new Targets.Values(new Task.Regression(List.of("y")), targets));
    }

    @Test
    void aModelPredictsTheSameBitsAfterAFile() {
        FusionConfig config = FusionConfig.defaults()
                .with(Map.of(
                        "backend", "cpu",
                        "training.epochs", "2",
                        "cohort.hidden", "8",
                        "cohort.representations.image", "raw,pca3,enc4(5)"));
        MultimodalDataset rows = rows();
        Path file = folder.resolve("noise.fusion");
        try (MetaFusion fusion = MetaFusion.configure().config(config).build();
                FusionModel model = fusion.fit(rows).model()) {
            MetaFusion.save(model, new BundleModelStore(), file);
            try (FusionModel loaded = fusion.load(new BundleModelStore(), file)) {
                assertThat(values(loaded, rows)).isDeepEqualTo(values(model, rows));
                assertThat(loaded.describe().lines()).isEqualTo(model.describe().lines());
            }
        }
    }

    private static double[][] values(FusionModel model, MultimodalDataset rows) {
        return model.predict(rows.samples()).stream().map(Prediction::values).toArray(double[][]::new);
    }
}
