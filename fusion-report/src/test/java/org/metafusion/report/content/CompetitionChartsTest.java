package org.metafusion.report.content;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.metafusion.ensemble.competition.CompetitionReport;
import org.metafusion.ensemble.competition.CompetitionReport.Course;
import org.metafusion.report.Exhibit;
import org.metafusion.report.chart.Lines;
import org.metafusion.report.chart.Lines.Series;
import org.metafusion.training.balance.CompetitionTrace.EpochTrace;
import org.metafusion.training.balance.Modulation;

/** What charts of competing modalities say of who loses. */
final class CompetitionChartsTest {

    private static Exhibit scores(List<String> modalities, double... within) {
        double[] ones = {1, 1};
        EpochTrace best = new EpochTrace(1, 0.9, within, ones, new double[] {0.5, 0.5}, ones);
        Course course = new Course(
                "raw|raw", Modulation.NONE, 100, new double[] {0.7, 0.6}, new double[] {0.04, 0.04}, 1, List.of(best));
        return new CompetitionCharts(new CompetitionReport(modalities, true, List.of(course)))
                .all()
                .get(0);
    }

    private static String lead(double... within) {
        return scores(List.of("video", "audio"), within).lead();
    }

    @Test
    void aModalityMayBeCalledAsAllTogetherAre() {
        Lines chart =
                (Lines) scores(List.of("audio", "all together"), 0.65, 0.4).chart();

        assertThat(chart.series().stream().map(Series::name))
                .containsExactly("audio", "all together", "all together modalities");
    }

    @Test
    void theOneThatLosesMostIsNamed() {
        assertThat(lead(0.65, 0.4))
                .endsWith(
                        "on 100 validation rows. 'audio' loses most to the others: 60.0 % in a student of its own, 40.0 %"
                                + " here at the kept epoch.");
        assertThat(lead(0.65, 0.6))
                .endsWith(
                        "'video' loses most to the others: 70.0 % in a student of its own, 65.0 % here at the kept epoch,"
                                + " too little to count.");
    }

    @Test
    void nobodyIsNamedWhereEveryModalityGains() {
        assertThat(lead(0.75, 0.6))
                .endsWith("At the kept epoch none is worse here than in a student of its own.")
                .doesNotContain("loses");
    }
}
