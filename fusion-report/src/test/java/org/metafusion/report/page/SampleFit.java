package org.metafusion.report.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
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
import org.metafusion.ensemble.FitResult;
import org.metafusion.ensemble.MetaFusion;
import org.metafusion.ensemble.config.FusionConfig;
import org.metafusion.ensemble.model.FusionModel;
import org.metafusion.report.Report;
import org.metafusion.report.content.FitReport;

/**
 * A small fit of rows that lack modalities, with several targets, and names that tooltips or axes could take for more than
 * names; and its report.
 */
final class SampleFit {

    static final List<String> TARGETS = List.of("moisture %", "b", "c", "d", "e");
    private static final int ROWS = 160;

    private final FitResult result;
    private final Report report;

    SampleFit() {
        FusionConfig config = FusionConfig.defaults()
                .with(Map.of(
                        "backend", "cpu",
                        "threads", "1",
                        "training.epochs", "3",
                        "cohort.hidden", "[8]",
                        "cohort.max-students", "8",
                        "mutual.rhos", "[0.5]",
                        "committee.rule", "simple-average"));
        try (MetaFusion fusion = MetaFusion.configure().config(config).build()) {
            result = fusion.fit(rows());
            try (FusionModel open = result.model()) {
                assertThat(open.modalities()).hasSize(2);
                report = FitReport.of(result);
            }
        }
    }

    /** Every fourth row lacks the title; the first target is a small share. */
    private static MultimodalDataset rows() {
        Random random = new Random(7);
        float[] image = new float[ROWS * 5];
        float[] title = new float[ROWS * 4];
        float[] targets = new float[ROWS * TARGETS.size()];
        for (int row = 0; row < ROWS; row++) {
            double hidden = random.nextGaussian();
            fill(image, row, 5, hidden, random);
            fill(title, row, 4, hidden, random);
            for (int t = 0; t < TARGETS.size(); t++) {
                targets[row * TARGETS.size() + t] =
                        (float) (t == 0 ? 0.02 + 0.004 * hidden : hidden * (t + 1) + t * random.nextGaussian());
            }
        }
        BitSet lacking = new BitSet();
        IntStream.range(0, ROWS).filter(row -> row % 4 == 0).forEach(lacking::set);
        Samples samples = new Samples(
                IntStream.range(0, ROWS).mapToObj(row -> "r" + row).toList(),
                List.of(
                        new FeatureTable(Modality.of("image", 5), ROWS, image, new BitSet()),
                        new FeatureTable(Modality.of("title", 4), ROWS, title, lacking)));
        return new MultimodalDataset("fields", samples, new Targets.Values(new Task.Regression(TARGETS), targets));
    }

    private static void fill(float[] features, int row, int width, double hidden, Random random) {
        for (int f = 0; f < width; f++) {
            features[row * width + f] = (float) (hidden * (f + 1) + random.nextGaussian());
        }
    }

    FitResult result() {
        return result;
    }

    Report report() {
        return report;
    }
}
