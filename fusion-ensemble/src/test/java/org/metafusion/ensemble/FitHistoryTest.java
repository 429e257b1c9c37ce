package org.metafusion.ensemble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.metafusion.core.modality.MultimodalDataset;
import org.metafusion.ensemble.FitHistory.LossCurve;
import org.metafusion.ensemble.FitResult.StudentRow;
import org.metafusion.ensemble.committee.CommitteeGrowth.Step;
import org.metafusion.ensemble.config.FusionConfig;
import org.metafusion.ensemble.model.AnsweredRows;
import org.metafusion.ensemble.model.FusionModel;

/** What a fit keeps of how it went agrees with what it says of how it ended. */
final class FitHistoryTest {

    @ParameterizedTest(name = "rows missing: {0}")
    @ValueSource(booleans = {false, true})
    void curvesAndGrowthEndWhereTheFitEnded(boolean missing) {
        MultimodalDataset rows = TinyData.of(TinyData.CLASSES, 90, missing);
        try (MetaFusion fusion = TinyData.tiny().build()) {
            FitResult result = fusion.fit(rows);
            try (FusionModel model = result.model()) {
                FitHistory history = result.history();
                assertThat(model.modalities()).hasSize(2);
                assertThat(history.phases()).hasSize(result.rho() > 0 ? 2 : 1);
                for (StudentRow row : result.students()) {
                    assertThat(lossAtBest(history.phases().get(0).curves(), row.student()))
                            .isCloseTo(row.lossAlone(), within(1e-9));
                }
                List<Step> steps = history.growth().steps();
                assertThat(steps.get(steps.size() - 1).loss())
                        .isCloseTo(result.committee().validationLoss(), within(1e-9));
                assertThat(Arrays.stream(history.divergence().students()).boxed())
                        .containsAll(Arrays.stream(result.committee().members())
                                .boxed()
                                .toList());
            }
        }
    }

    @Test
    void theBestStudentAloneIsJudgedOnTheRowsOfTheCommittee() {
        FusionConfig config = FusionConfig.defaults()
                .with(Map.of(
                        "threads",
                        "1",
                        "training.epochs",
                        "3",
                        "cohort.hidden",
                        "[8]",
                        "committee.rule",
                        "best-single"));
        try (MetaFusion fusion = MetaFusion.configure().config(config).build()) {
            FitResult result = fusion.fit(TinyData.of(TinyData.CLASSES, 120, true));
            result.model().close();

            assertThat(result.history().growth().bestAlone())
                    .isCloseTo(result.committee().validationLoss(), within(1e-9));
        }
    }

    private static double lossAtBest(List<LossCurve> curves, int student) {
        LossCurve curve =
                curves.stream().filter(c -> c.student() == student).findFirst().orElseThrow();
        return curve.lossByEpoch()[curve.bestEpoch() - 1];
    }

    @Test
    void answersToValidationRowsAreCalibratedProbabilities() {
        AnsweredRows answers;
        FitResult result;
        try (MetaFusion fusion = TinyData.tiny().build()) {
            result = fusion.fit(TinyData.of(TinyData.CLASSES, 90, false));
            result.model().close();
            answers = result.history().validation().orElseThrow();
        }

        assertThat(answers.answers()[0] + answers.answers()[1] + answers.answers()[2])
                .isCloseTo(1, within(1e-9));
        assertThat(Objects.requireNonNull(answers.metrics().get("logLoss")))
                .isLessThanOrEqualTo(result.committee().validationLoss() + 1e-9);
    }

    @Test
    void answersToValidationRowsAreInTheUnitOfTheTargets() {
        AnsweredRows answers;
        try (MetaFusion fusion = TinyData.tiny().build()) {
            FitResult result = fusion.fit(TinyData.of(TinyData.VALUE, 90, true));
            result.model().close();
            answers = result.history().validation().orElseThrow();
        }

        assertThat(answers.rows()).isPositive();
        assertThat(Arrays.stream(answers.answers()).average().orElseThrow()).isBetween(80.0, 120.0);
        assertThat(Objects.requireNonNull(answers.metrics().get("rmse"))).isLessThan(20);
    }
}
