package org.metafusion.ensemble.competition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.metafusion.ensemble.competition.CompetitionReport.Course;
import org.metafusion.training.balance.CompetitionTrace.EpochTrace;
import org.metafusion.training.balance.Modulation;

/** What the figures of a report make it say, word for word. */
final class CompetitionReportTest {

    private static final double[] ALONE = {0.7, 0.74};
    private static final double[] ERRORS = {0.03, 0.03};
    private static final double[] NO_FACTORS = {1, 1};

    private static Course course(Modulation kind, double fused, double[] within, double[] shares, double[] factors) {
        EpochTrace early = new EpochTrace(1, 0.1, new double[2], new double[2], new double[] {0, 1}, NO_FACTORS);
        EpochTrace best = new EpochTrace(2, fused, within, new double[] {0.4, 0.1}, shares, factors);
        return new Course("raw|raw", kind, 500, ALONE, ERRORS, 2, List.of(early, best));
    }

    private static CompetitionReport report(boolean classification, Course... courses) {
        return new CompetitionReport(List.of("video", "audio"), classification, List.of(courses));
    }

    @Test
    void whoDominatesWhoIsStarvedAndWhatModulationChanges() {
        CompetitionReport report = report(
                true,
                course(Modulation.NONE, 0.801, new double[] {0.69, 0.61}, new double[] {0.8, 0.2}, NO_FACTORS),
                course(Modulation.OGM_GE, 0.812, new double[] {0.66, 0.68}, new double[] {0.5, 0.5}, new double[] {
                    0.31, 1
                }));
        assertThat(report.sentences())
                .containsExactly(
                        "Within raw|raw, which reaches 80.1 %, 'video' dominates; shares of what is gained over no"
                                + " modality: 'video' 80 %, 'audio' 20 %.",
                        "Starved: 'audio' reaches 61.0 % within the fused student but 74.0 % alone (on 500"
                                + " validation rows).",
                        "OGM-GE raises 'audio' within it from 61.0 % to 68.0 %, and the fused student from 80.1 % to"
                                + " 81.2 % (mean factor on steps: 'video' 0.31, 'audio' 1.00).");
    }

    @Test
    void equalsStarveNobody() {
        CompetitionReport report = report(
                true,
                course(Modulation.NONE, 0.8, new double[] {0.71, 0.73}, new double[] {0.45, 0.55}, NO_FACTORS),
                course(Modulation.AGM, 0.79, new double[] {0.71, 0.72}, new double[] {0.5, 0.5}, new double[] {1.1, 0.9
                }));
        assertThat(report.sentences())
                .containsExactly(
                        "Within raw|raw, which reaches 80.0 %, no modality dominates; shares of what is gained over no"
                                + " modality: 'video' 45 %, 'audio' 55 %.",
                        "No modality is starved: on 500 validation rows none reaches less within it than alone by more"
                                + " than both 2 points and two standard errors.",
                        "AGM lowers 'audio' within it from 73.0 % to 72.0 %, and the fused student from 80.0 % to"
                                + " 79.0 % (mean factor on steps: 'video' 1.10, 'audio' 0.90).");
    }

    @Test
    void whatTwoStandardErrorsReachIsNotCalledStarved() {
        EpochTrace best =
                new EpochTrace(1, 0.8, new double[] {0.7, 0.61}, new double[2], new double[] {0.5, 0.5}, NO_FACTORS);
        for (double error : new double[] {0.064, 0.066, Double.POSITIVE_INFINITY}) {
            Course course =
                    new Course("raw|raw", Modulation.NONE, 30, ALONE, new double[] {0, error}, 1, List.of(best));
            assertThat(course.isStarved(0)).isFalse();
            assertThat(course.isStarved(1)).isEqualTo(error < 0.065);
            assertThat(report(true, course).sentences().get(1))
                    .startsWith(error < 0.065 ? "Starved: 'audio'" : "No modality is starved: on 30 validation rows");
        }
    }

    @Test
    void smallChangesAreNotCalledRaises() {
        CompetitionReport report = report(
                true,
                course(Modulation.NONE, 0.8, new double[] {0.7, 0.6}, new double[] {0.9, 0.1}, NO_FACTORS),
                course(Modulation.OGM, 0.8, new double[] {0.7, 0.605}, new double[] {0.9, 0.1}, NO_FACTORS));
        assertThat(report.sentences().get(2)).startsWith("OGM leaves 'audio' within it at 60.5 %, and");
    }

    @Test
    void regressionIsScoredByTheCoefficientOfDetermination() {
        double[] nothing = {Double.NaN, Double.NaN};
        CompetitionReport report =
                report(false, course(Modulation.NONE, -0.1, new double[] {-0.2, 0.1}, nothing, NO_FACTORS));
        assertThat(report.sentences())
                .containsExactly(
                        "Within raw|raw, which reaches R2 -0.100, no modality adds to what is reached without any.",
                        "Starved: 'video' reaches R2 -0.200 within the fused student but R2 0.700 alone; 'audio' reaches"
                                + " R2 0.100 within the fused student but R2 0.740 alone (on 500 validation rows).");
    }

    @Test
    void aCourseKnowsItsBestEpochAlone() {
        Course unwatched = new Course("raw|raw", Modulation.NONE, 500, ALONE, ERRORS, 3, List.of());
        assertThatThrownBy(unwatched::best)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("Epoch 3 of raw|raw was not watched");
    }
}
