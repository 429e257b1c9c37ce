package org.metafusion.report.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.metafusion.core.modality.FeatureTable;
import org.metafusion.core.modality.Modality;
import org.metafusion.core.modality.MultimodalDataset;
import org.metafusion.core.modality.Samples;
import org.metafusion.core.modality.Targets;
import org.metafusion.core.modality.Task;
import org.metafusion.ensemble.FitResult;
import org.metafusion.ensemble.MetaFusion;
import org.metafusion.ensemble.config.FusionConfig;
import org.metafusion.ensemble.metric.RegressionMetrics;
import org.metafusion.ensemble.model.AnsweredRows;
import org.metafusion.report.Exhibit;
import org.metafusion.report.Report;
import org.metafusion.report.chart.Dots;
import org.metafusion.report.chart.HeatMap;
import org.metafusion.report.chart.Lines;
import org.metafusion.report.content.FitReport;
import org.metafusion.report.words.Figures;

/** The page of a fit of rows that lack modalities, of several targets, and of names that tooltips could take for their own. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class FitPageTest {

    private static final List<String> TARGETS = List.of("moisture %", "b", "c", "d", "e");
    private static final int ROWS = 160;

    private final SampleFit fit = new SampleFit();

    /** The report, and the result it is of. */
    private static final class SampleFit {

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
                try (var model = result.model()) {
                    assertThat(model.modalities()).hasSize(2);
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
    }

    private Exhibit exhibit(String id) {
        return fit.report.parts().stream()
                .flatMap(part -> part.exhibits().stream())
                .filter(exhibit -> exhibit.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void everyTargetIsDrawnWithItsOwnMetricsAndTheRestAreCounted() {
        AnsweredRows answered = fit.result.history().validation().orElseThrow();
        float[] truth = ((Targets.Values) answered.targets()).values();
        for (int t = 0; t < 4; t++) {
            int target = t;
            int[] places = IntStream.range(0, answered.rows())
                    .map(row -> row * TARGETS.size() + target)
                    .toArray();
            RegressionMetrics own = RegressionMetrics.of(
                    IntStream.of(places).mapToDouble(i -> answered.answers()[i]).toArray(),
                    IntStream.of(places).mapToDouble(i -> truth[i]).toArray(),
                    1);
            assertThat(exhibit("predicted" + (t == 0 ? "" : t)).lead())
                    .contains("R2 " + Figures.significant(own.r2()) + ", RMSE " + Figures.significant(own.rmse()));
        }
        assertThat(exhibit("predicted").lead()).endsWith("The first 4 of 5 targets are drawn.");
    }

    @Test
    void aTargetNamedInPercentKeepsItsDigits() {
        Dots dots = (Dots) exhibit("predicted").chart();

        assertThat(dots.table().headers()).contains("true moisture %");
        assertThat(dots.table().rows())
                .allSatisfy(row -> assertThat(row.get(2)).startsWith("0.0").hasSizeGreaterThan(5));
    }

    @Test
    void aCommitteesGrowthIsBesideTheBestStudentOnTheSameRows() {
        double best = fit.result.history().growth().bestAlone();
        Lines growth = (Lines) exhibit("growth").chart();

        assertThat(growth.series().get(1).points())
                .allSatisfy(point -> assertThat(point.y()).isEqualTo(best));
        assertThat(exhibit("growth").lead())
                .endsWith("The student that is best alone has " + Figures.significant(best) + " on the same rows.");
        assertThat(exhibit("masks").lead()).contains("different rows where some rows lack one");
    }

    @Test
    void modalitiesAreNamedSoThatNoTooltipTakesThemForItsOwn() {
        HeatMap map = (HeatMap) exhibit("leaderboard").chart();

        assertThat(map.table().headers().get(0)).isEqualTo("modality image \\ modality title");
        assertThat(new HtmlPage(fit.report).text())
                .contains("\"title\":\"modality image\"")
                .contains("<h1>fields</h1>");
    }
}
