package org.metafusion.cli.study;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.metafusion.core.port.TrainingListener;
import org.metafusion.core.student.HeadSpec;
import org.metafusion.core.tensor.BackendConfig;
import org.metafusion.core.tensor.TensorBackend;
import org.metafusion.cpu.CpuBackendProvider;
import org.metafusion.data.simulation.MetaFusionSimulation;
import org.metafusion.ensemble.fit.CohortOptions;
import org.metafusion.ensemble.fit.FitOptions;
import org.metafusion.ensemble.fit.MutualOptions;
import org.metafusion.ensemble.fit.PaperOptions;
import org.metafusion.ensemble.fit.RhoJudge;
import org.metafusion.ensemble.screening.ClusterCount;
import org.metafusion.ensemble.screening.DivergenceScheme;
import org.metafusion.ensemble.strategy.Comparison;
import org.metafusion.ensemble.strategy.StrategyOutcome;

/** When to fuse, on the paper's simulated data: a cohort of three raw students and small heads suffices to see it. */
final class SimulatedSettingsTest {

    private static Map<String, Double> testErrors(String setting) {
        FitOptions options = PaperOptions.of(setting)
                .withCohort(new CohortOptions(
                        Map.of("x", List.of("raw"), "z", List.of("raw")),
                        List.of(HeadSpec.of(64)),
                        true,
                        List.of("concatenation"),
                        3))
                .withMutual(new MutualOptions(
                        DivergenceScheme.ADAPTIVE,
                        List.of(0.0),
                        ClusterCount.SILHOUETTE,
                        RhoJudge.TOP_PERFORMERS,
                        false));
        Map<String, Double> errors = new LinkedHashMap<>();
        try (TensorBackend backend = new CpuBackendProvider().open(BackendConfig.DEFAULT)) {
            Comparison comparison = new Comparison(backend, options, TrainingListener.SILENT);
            for (StrategyOutcome outcome :
                    comparison.run(MetaFusionSimulation.named(setting).generate(0))) {
                errors.put(
                        outcome.name(), Objects.requireNonNull(outcome.metrics().get("mse")));
            }
        }
        return errors;
    }

    private static double error(Map<String, Double> errors, String strategy) {
        return Objects.requireNonNull(errors.get(strategy));
    }

    @ParameterizedTest(name = "setting {0}: {1} beats {2}")
    @CsvSource({"1.1, early, late", "2.2, late, early", "2.3, late, early"})
    void theRightTimeToFuseDependsOnTheSetting(String setting, String better, String worse) {
        Map<String, Double> errors = testErrors(setting);
        assertThat(error(errors, better)).as("%s of %s", better, errors).isLessThan(error(errors, worse));
        double best =
                errors.values().stream().mapToDouble(Double::doubleValue).min().orElseThrow();
        assertThat(error(errors, "adaptive, stacking"))
                .as("a committee finds it without being told: %s", errors)
                .isLessThan(1.25 * best);
    }
}
