package org.metafusion.report.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.metafusion.core.modality.Targets;
import org.metafusion.ensemble.metric.RegressionMetrics;
import org.metafusion.ensemble.model.AnsweredRows;
import org.metafusion.report.Exhibit;
import org.metafusion.report.chart.Dots;
import org.metafusion.report.chart.HeatMap;
import org.metafusion.report.chart.Lines;
import org.metafusion.report.words.Figures;

/** The page of a fit of rows that lack modalities, of several targets, and of names that tooltips could take for their own. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class FitPageTest {

    private final SampleFit fit = new SampleFit();

    private Exhibit exhibit(String id) {
        return fit.report().parts().stream()
                .flatMap(part -> part.exhibits().stream())
                .filter(exhibit -> exhibit.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void everyTargetIsDrawnWithItsOwnMetricsAndTheRestAreCounted() {
        AnsweredRows answered = fit.result().history().validation().orElseThrow();
        float[] truth = ((Targets.Values) answered.targets()).values();
        for (int t = 0; t < 4; t++) {
            int target = t;
            int[] places = IntStream.range(0, answered.rows())
                    .map(row -> row * SampleFit.TARGETS.size() + target)
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
        double best = fit.result().history().growth().bestAlone();
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
        assertThat(new HtmlPage(fit.report()).text())
                .contains("\"title\":\"modality image\"")
                .contains("<h1>fields</h1>");
    }
}
