package org.metafusion.ensemble.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.metafusion.core.FusionException;
import org.metafusion.core.fusion.OperatorSizes;
import org.metafusion.core.port.Trainer.StudentOutcome;
import org.metafusion.core.port.TrainingListener;
import org.metafusion.core.student.HeadSpec;
import org.metafusion.core.student.StudentSpec;
import org.metafusion.core.tensor.BackendConfig;
import org.metafusion.core.tensor.TensorBackend;
import org.metafusion.cpu.CpuBackendProvider;
import org.metafusion.ensemble.TinyData;

final class OperatorCohortTest {

    private static final Map<String, List<String>> EQUAL_WIDTHS =
            Map.of("image", List.of("pca4", "enc4(6)"), "text", List.of("enc4", "pca4"));

    private static FittedCohort fit(TensorBackend backend, FitOptions options, List<String> messages) {
        TrainingListener listener = new TrainingListener() {
            @Override
            public void message(String text) {
                messages.add(text);
            }
        };
        return new CohortFitter(backend, options, listener).fit(TinyData.of(TinyData.CLASSES, 120, true));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "concatenation",
                "product",
                "tensor",
                "tensor-augmented",
                "low-rank",
                "mean",
                "gated",
                "attention",
                "film"
            })
    void everyOperatorTrainsWithExtractedAndEncodedRepresentations(String operator) {
        try (TensorBackend backend = new CpuBackendProvider().open(new BackendConfig(1));
                FittedCohort fitted =
                        fit(backend, TinyData.options(EQUAL_WIDTHS, List.of(operator), 12), new ArrayList<>())) {
            assertThat(fitted.cohort().students())
                    .hasSize(8)
                    .filteredOn(s -> s.modalities().length == 2)
                    .hasSize(4)
                    .extracting(StudentSpec::operator)
                    .containsOnly(operator);
            fitted.alone().students().forEach(OperatorCohortTest::assertLearned);
            fitted.mutual().students().forEach(OperatorCohortTest::assertLearned);
        }
    }

    private static void assertLearned(StudentOutcome student) {
        double[] losses = student.lossByEpoch();
        assertThat(Arrays.stream(losses).allMatch(Double::isFinite)).isTrue();
        assertThat(student.validationLoss()).isLessThan(0.95 * losses[0]);
    }

    private static List<String> labels(FitOptions options, List<String> messages) {
        try (TensorBackend backend = new CpuBackendProvider().open(new BackendConfig(1));
                FittedCohort fitted = fit(backend, options, messages)) {
            return fitted.cohort().students().stream().map(StudentSpec::label).toList();
        }
    }

    @Test
    void pairingsThatAnOperatorCannotFuseAreLeftOut() {
        List<String> messages = new ArrayList<>();
        FitOptions options = TinyData.options(
                Map.of("image", List.of("raw", "pca3"), "text", List.of("raw", "pca3")),
                List.of("concatenation", "product"),
                1);
        assertThat(labels(options, messages))
                .contains("product(pca3|pca3)", "raw|raw", "raw|-")
                .doesNotContain("product(raw|raw)", "product(raw|pca3)");
        assertThat(messages)
                .contains("Some pairings are left out: Product fusion takes representations of one width but got"
                        + " [8, 6]; use extracted representations of equal width, or concatenation");
    }

    @Test
    void kernelsOfModalitiesThatFewerRowsHaveAreNotMultipliedWithOthers() {
        List<String> messages = new ArrayList<>();
        FitOptions options = TinyData.options(
                Map.of("image", List.of("kpca500", "pca3"), "text", List.of("kpca500", "pca3")),
                List.of("concatenation", "product"),
                1);
        assertThat(labels(options, messages))
                .contains("product(pca3|pca3)", "kpca500|kpca500")
                .doesNotContain("product(kpca500|kpca500)");
        assertThat(messages).anyMatch(message -> message.startsWith("Some pairings are left out: Product fusion"));
    }

    @Test
    void aForestIsAsWideAsTheTaskHasClasses() {
        int classes = TinyData.of(TinyData.CLASSES, 120, true).task().outputs();
        FitOptions options = TinyData.options(
                Map.of("image", List.of("forest5"), "text", List.of("forest9", "pca" + classes)),
                List.of("product"),
                1);
        assertThat(labels(options, new ArrayList<>()))
                .contains("product(forest5|forest9)", "product(forest5|pca" + classes + ")");
    }

    @Test
    void anOperatorThatFusesNothingIsAnError() {
        FitOptions options = TinyData.options(
                Map.of("image", List.of("raw"), "text", List.of("raw")), List.of("concatenation", "product"), 1);
        try (TensorBackend backend = new CpuBackendProvider().open(new BackendConfig(1))) {
            assertThatThrownBy(() -> fit(backend, options, new ArrayList<>()))
                    .isInstanceOf(FusionException.class)
                    .hasMessage("Fusion operator 'product' fuses none of the pairings: Product fusion takes"
                            + " representations of one width but got [8, 6]; use extracted representations of equal"
                            + " width, or concatenation");
        }
    }

    @Test
    void operatorsHaveTheSizesOfTheirNamesOrElseOfTheCohort() {
        CohortOptions options = new CohortOptions(
                EQUAL_WIDTHS,
                List.of(HeadSpec.of(8)),
                true,
                List.of("concatenation", "mean", "gated7", "mean16", "low-rank"),
                new OperatorSizes(16, 2),
                40);
        assertThat(options.sizedOperators()).containsExactly("concatenation", "mean16", "gated7", "low-rank16x2");
        try (TensorBackend backend = new CpuBackendProvider().open(new BackendConfig(1));
                FittedCohort fitted = fit(backend, TinyData.options().withCohort(options), new ArrayList<>())) {
            assertThat(fitted.cohort().students())
                    .filteredOn(s -> s.modalities().length == 2)
                    .extracting(StudentSpec::operator)
                    .contains("concatenation", "mean16", "gated7", "low-rank16x2")
                    .doesNotContain("mean", "low-rank");
        }
    }

    @Test
    void anUnknownOperatorOrExtractorListsTheKnownOnes() {
        try (TensorBackend backend = new CpuBackendProvider().open(new BackendConfig(1))) {
            assertThatThrownBy(() -> fit(backend, TinyData.options(EQUAL_WIDTHS, List.of("sum"), 1), new ArrayList<>()))
                    .isInstanceOf(FusionException.class)
                    .hasMessage("Unknown fusion operator 'sum'; known are [concatenation, product, tensor,"
                            + " tensor-augmented, low-rank, mean, factorised, gated, attention, film]");
            FitOptions umap = TinyData.options(Map.of("image", List.of("umap4")), List.of("concatenation"), 1);
            assertThatThrownBy(() -> fit(backend, umap, new ArrayList<>()))
                    .isInstanceOf(FusionException.class)
                    .hasMessage(
                            "Unknown extractor 'umap'; known are [ae, cca, con, forest, kpca, laplace, pca, rff, sup]");
        }
    }
}
