package org.metafusion.ensemble.importance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.metafusion.core.modality.FeatureTable;
import org.metafusion.core.modality.MultimodalDataset;
import org.metafusion.core.modality.Samples;
import org.metafusion.core.modality.Task;
import org.metafusion.ensemble.MetaFusion;
import org.metafusion.ensemble.TinyData;
import org.metafusion.ensemble.importance.ModalityImportance.Line;
import org.metafusion.ensemble.importance.PermutationImportance.FeatureDrop;
import org.metafusion.ensemble.metric.LeadMetric;
import org.metafusion.ensemble.model.FusionModel;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ModalityImportanceTest {

    private final MetaFusion fusion = TinyData.tiny()
            .options(TinyData.options(
                    Map.of("image", List.of("raw"), "text", List.of("raw")), List.of("concatenation"), 12))
            .build();
    private final MultimodalDataset rows = TinyData.of(TinyData.CLASSES, 120, false);
    private FusionModel[] models = new FusionModel[0];

    @BeforeAll
    void fit() {
        models = new FusionModel[] {fusion.fit(rows).model()};
    }

    @AfterAll
    void close() {
        models[0].close();
        fusion.close();
    }

    static Stream<Task> tasks() {
        return Stream.of(TinyData.CLASSES, TinyData.VALUE);
    }

    @ParameterizedTest
    @MethodSource("tasks")
    void shapleyValuesSumToTheGainOverAConstantPrediction(Task task) {
        MultimodalDataset some = TinyData.of(task, 90, true);
        try (FusionModel model = fusion.fit(some).model()) {
            ModalityImportance importance = ModalityImportance.of(model, some, 1);
            double sum =
                    importance.modalities().stream().mapToDouble(Line::shapley).sum();
            assertThat(sum).isCloseTo(importance.all() - importance.none(), within(1e-12));
            assertThat(importance.all()).isEqualTo(LeadMetric.of(task).in(model.evaluate(some)));
        }
    }

    @Test
    void theEmptyCoalitionIsTheBestConstantPrediction() {
        int[] labels = ((org.metafusion.core.modality.Targets.Labels) rows.targets()).labels();
        long most = Stream.of(0, 1, 2)
                .mapToLong(
                        c -> java.util.Arrays.stream(labels).filter(l -> l == c).count())
                .max()
                .orElseThrow();
        ModalityImportance importance = ModalityImportance.of(models[0], rows, 1);
        assertThat(importance.none()).isCloseTo(most / 120.0, within(1e-12));
    }

    @Test
    void withTwoModalitiesTheShapleyValueIsTheMeanOfBothOrders() {
        ModalityImportance importance = ModalityImportance.of(models[0], rows, 1);
        Line image = importance.modalities().get(0);
        Line text = importance.modalities().get(1);
        assertThat(image.name()).isEqualTo("image");
        assertThat(image.shapley())
                .isCloseTo((image.alone() - importance.none() + importance.all() - text.alone()) / 2, within(1e-12));
        assertThat(image.without()).isEqualTo(text.alone());
    }

    @Test
    void whatIsTheSameInEveryRowHasNoPermutationDrop() {
        MultimodalDataset constant = new MultimodalDataset(
                "constant",
                new Samples(
                        rows.samples().ids(),
                        List.of(
                                rows.samples().tables().get(0),
                                FeatureTable.complete(rows.modalities().get(1), 120, new float[120 * 6]))),
                rows.targets());
        PermutationImportance permutation = new PermutationImportance(models[0], constant, 3, 5);
        assertThat(permutation.ofModality(1)).isEqualTo(new PermutationImportance.Drop(0, 0));
        assertThat(permutation.ofModality(0).mean()).isGreaterThan(0.05);
    }

    @Test
    void groupsOfFeaturesCoverAModalityOnce() {
        List<FeatureDrop> drops = new PermutationImportance(models[0], rows, 2, 5).ofFeatures(0, 3);
        assertThat(drops).extracting(FeatureDrop::from).containsExactly(0, 2, 5);
        assertThat(drops).extracting(FeatureDrop::to).containsExactly(2, 5, 8);
        assertThat(new PermutationImportance(models[0], rows, 2, 5)
                        .ofFeatures(0, 1)
                        .get(0)
                        .drop())
                .isEqualTo(new PermutationImportance(models[0], rows, 2, 5).ofModality(0));
    }

    @Test
    void theSameSeedGivesTheSameImportance() {
        assertThat(ModalityImportance.of(models[0], rows, 3)).isEqualTo(ModalityImportance.of(models[0], rows, 3));
    }
}
