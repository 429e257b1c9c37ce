package org.metafusion.ensemble.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.metafusion.core.FusionException;
import org.metafusion.core.modality.MultimodalDataset;
import org.metafusion.core.modality.Task;
import org.metafusion.core.port.StoredModel;
import org.metafusion.core.port.StoredModel.StoredTensor;
import org.metafusion.ensemble.MetaFusion;
import org.metafusion.ensemble.TinyData;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ModelArchiveTest {

    private final MetaFusion fusion = TinyData.tiny()
            .options(TinyData.options(
                    Map.of("image", List.of("raw", "pca4", "enc5(7)"), "text", List.of("pca3", "raw")),
                    List.of("concatenation", "tensor"),
                    3))
            .build();
    private StoredModel stored = new StoredModel(Map.of(), Map.of());

    @BeforeAll
    void fit() {
        try (FusionModel model =
                fusion.fit(TinyData.of(TinyData.CLASSES, 80, true)).model()) {
            stored = model.toStored();
        }
    }

    @AfterAll
    void close() {
        fusion.close();
    }

    static Stream<Task> tasks() {
        return Stream.of(TinyData.CLASSES, TinyData.VALUE);
    }

    @ParameterizedTest
    @MethodSource("tasks")
    void aRestoredModelPredictsTheSameBits(Task task) {
        MultimodalDataset rows = TinyData.of(task, 80, true);
        try (FusionModel model = fusion.fit(rows).model();
                FusionModel restored = fusion.load(jsonTypes(model.toStored()))) {
            assertThat(TinyData.values(restored.predict(rows.samples())))
                    .usingRecursiveComparison()
                    .isEqualTo(TinyData.values(model.predict(rows.samples())));
            assertThat(restored.evaluate(rows)).isEqualTo(model.evaluate(rows));
            assertThat(restored.describe().lines()).isEqualTo(model.describe().lines());
            assertThat(restored.content().cohort()).isEqualTo(model.content().cohort());
        }
    }

    /** As a JSON file gives it back: whole numbers as Long, floats as Double, maps in another order. */
    private static StoredModel jsonTypes(StoredModel model) {
        Map<String, Object> manifest = new java.util.TreeMap<>();
        model.manifest().forEach((key, value) -> manifest.put(key, jsonTypes(value)));
        return new StoredModel(manifest, model.tensors());
    }

    private static Object jsonTypes(Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> sorted = new java.util.TreeMap<>();
            map.forEach((key, entry) -> sorted.put((String) key, jsonTypes(entry)));
            return sorted;
        }
        if (value instanceof List<?> list) {
            return list.stream().map(ModelArchiveTest::jsonTypes).toList();
        }
        if (value instanceof Integer || value instanceof Long) {
            return ((Number) value).longValue();
        }
        assertThat(value).isInstanceOfAny(String.class, Boolean.class, Double.class);
        return value;
    }

    @Test
    void storesOnlyExtractorsThatAStudentReads() {
        ModelContent content = ModelArchive.standard().restore(stored);
        assertThat(content.preparation().extractors().keySet())
                .allMatch(key -> stored.tensors().containsKey(ArchiveWriter.stateTensor(key, "mean")));
    }

    static Stream<Arguments> damages() {
        return Stream.of(
                damage(
                        "tensor missing",
                        m -> m.tensors().remove("students.1.parameters"),
                        "The model has no tensor 'students.1.parameters' of [0-9]+ values; the file is incomplete,"
                                + " store the model again"),
                damage(
                        "wrong shape",
                        m -> m.tensors().put("modalities.1.scale", StoredTensor.of(1, 2)),
                        "The model's tensor 'modalities.1.scale' must have shape \\[6\\] but has \\[2\\];.*"),
                damage(
                        "no task",
                        m -> m.manifest().remove("task"),
                        "The model's manifest has no 'task'; store the model again"),
                damage(
                        "another version",
                        m -> m.manifest().put("archiveVersion", 2),
                        "The model's manifest has version 2 but this MetaFusion reads 1; use the MetaFusion that"
                                + " stored it"),
                damage(
                        "unknown task",
                        m -> m.manifest().put("task", Map.of("kind", "ranking")),
                        "In the model's manifest 'task.kind' must be classification or regression but is ranking;.*"),
                damage(
                        "unknown operator",
                        m -> m.student(0).put("operator", "sum"),
                        "In the model's manifest 'students\\[0\\].operator' must be one of the fusion operators"
                                + " \\[concatenation, .*\\] but is sum;.*"),
                damage(
                        "unknown extractor",
                        m -> m.extractor(0).put("representation", extracted("umap")),
                        "The model reads modality '(image|text)' through extractor 'umap', which is not known here; known"
                                + " are \\[.*pca, .*\\]; register it where the model is loaded:"
                                + " MetaFusion.configure\\(\\).extractor\\(...\\)"),
                damage(
                        "extractor lost",
                        m -> m.manifest().put("extractors", List.of()),
                        "The model has no extractor 'pca[34]' of modality '(image|text)', which student .* reads"),
                damage(
                        "unknown representation",
                        m -> m.student(0).put("representations", List.of(Map.of("kind", "odd"), Map.of("kind", "raw"))),
                        "In the model's manifest 'students\\[0\\].representations\\[0\\].kind' must be one of"
                                + " \\[null, raw, extracted, encoded, tuned\\] but is odd;.*"),
                damage(
                        "too few representations",
                        m -> m.student(0).put("representations", List.of(Map.of("kind", "raw"))),
                        "In the model's manifest 'students\\[0\\].representations' must be a representation for each"
                                + " of 2 modalities, not all null but is .*"),
                damage(
                        "unknown rule",
                        m -> m.committee(0).put("rule", "DICE"),
                        "In the model's manifest 'committees\\[0\\].rule' must be one of the rules .* but is DICE;.*"),
                damage(
                        "member that is not there",
                        m -> m.committee(0).put("members", List.of(900)),
                        "In the model's manifest 'committees\\[0\\].members\\[0\\]' must be a whole number from 0 to"
                                + " [0-9]+ but is 900;.*"),
                damage(
                        "member that needs more",
                        m -> m.committee(0).put("modalities", List.of(0)),
                        "In the model's manifest 'committees\\[0\\].members' must be students that need no modality"
                                + " but \\{0\\}, unlike student [0-9]+ but is .*"),
                damage(
                        "weights lost",
                        m -> m.committee(0).put("weights", List.of()),
                        "In the model's manifest 'committees\\[0\\]' must be a committee of one member or more with"
                                + " a weight each but is .*"),
                damage(
                        "no number",
                        m -> m.committee(0).put("validationLoss", "small"),
                        "In the model's manifest 'committees\\[0\\].validationLoss' must be a number but is small;.*"),
                damage(
                        "no temperature at all",
                        m -> m.committee(0).put("temperature", 0),
                        "In the model's manifest 'committees\\[0\\].temperature' must be a positive number but is 0;.*"),
                damage(
                        "scaling of another task",
                        m -> m.manifest().put("targetScaling", Map.of("mean", List.of(1.5), "deviation", List.of())),
                        "In the model's manifest 'targetScaling' must be a mean and a deviation for each of 0 targets"
                                + " but is .*"));
    }

    private static Map<String, Object> extracted(String name) {
        return Map.of("kind", "extracted", "extractor", name, "width", 4);
    }

    private static Arguments damage(String name, Consumer<Damaged> change, String message) {
        return Arguments.of(name, change, message);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("damages")
    void saysInOneLineWhatDoesNotFit(String name, Consumer<Damaged> change, String message) {
        Damaged damaged = Damaged.of(stored);
        change.accept(damaged);
        StoredModel changed = new StoredModel(damaged.manifest(), damaged.tensors());
        assertThatThrownBy(() -> ModelArchive.standard().restore(changed))
                .isInstanceOf(FusionException.class)
                .message()
                .matches(message);
    }

    @Test
    void aLossThatIsNotFiniteSurvives() {
        ManifestNode node = new ManifestNode("loss", ManifestNode.decimals(new double[] {Double.NaN, 0.1, 1 / 0.0}));
        assertThat(node.decimals()).containsExactly(Double.NaN, 0.1, Double.POSITIVE_INFINITY);
    }

    @Test
    void aModelStoredBeforeCommitteesWereCalibratedLoads() {
        Damaged older = Damaged.of(stored);
        older.maps("committees").forEach(committee -> committee.remove("temperature"));
        ModelContent restored = ModelArchive.standard().restore(new StoredModel(older.manifest(), older.tensors()));
        assertThat(restored.committees().all().values())
                .isNotEmpty()
                .allMatch(committee -> committee.temperature() == 1);
    }

    @Test
    void aTemperatureIsKeptAndDividesTheLogits() {
        Damaged hotter = Damaged.of(stored);
        hotter.maps("committees").forEach(committee -> committee.put("temperature", 1e6));
        MultimodalDataset rows = TinyData.of(TinyData.CLASSES, 5, false);
        try (FusionModel model = fusion.load(new StoredModel(hotter.manifest(), hotter.tensors()))) {
            for (double[] probabilities : TinyData.values(model.predict(rows.samples()))) {
                for (double p : probabilities) {
                    assertThat(p).isCloseTo(1.0 / probabilities.length, within(1e-4));
                }
            }
            assertThat(model.describe().lines()).anyMatch(line -> line.endsWith(", temperature 1000000.000"));
        }
    }

    @Test
    void aDamagedPcaIsRefused() {
        Damaged damaged = Damaged.of(stored);
        damaged.tensors()
                .replaceAll((name, tensor) ->
                        name.startsWith("extractors.") && name.endsWith(".scale") ? StoredTensor.of(1, 2) : tensor);
        damaged.extractors().forEach(extractor -> extractor.put("state", with(extractor, Map.of("scale", 2))));
        StoredModel changed = new StoredModel(damaged.manifest(), damaged.tensors());
        assertThatThrownBy(() -> ModelArchive.standard().restore(changed))
                .isInstanceOf(FusionException.class)
                .message()
                .matches("A stored PCA of [34] components over [68] features needs \\[[34], [68]\\] components and one"
                        + " scale but has [0-9]+ and 2 values; store the model again");
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> with(Map<String, Object> extractor, Map<String, Object> more) {
        Map<String, Object> state =
                new LinkedHashMap<>((Map<String, Object>) extractor.getOrDefault("state", Map.of()));
        state.putAll(more);
        return state;
    }

    /** A stored model that can be changed. */
    private record Damaged(Map<String, Object> manifest, Map<String, StoredTensor> tensors) {

        static Damaged of(StoredModel model) {
            Map<String, Object> manifest = new LinkedHashMap<>(model.manifest());
            for (String list : List.of("students", "extractors", "committees")) {
                List<Object> open = new ArrayList<>();
                for (Object entry : (List<?>) manifest.getOrDefault(list, List.of())) {
                    open.add(new LinkedHashMap<>((Map<?, ?>) entry));
                }
                manifest.put(list, open);
            }
            return new Damaged(manifest, new LinkedHashMap<>(model.tensors()));
        }

        Map<String, Object> student(int s) {
            return maps("students").get(s);
        }

        Map<String, Object> extractor(int e) {
            return maps("extractors").get(e);
        }

        List<Map<String, Object>> extractors() {
            return maps("extractors");
        }

        Map<String, Object> committee(int c) {
            return maps("committees").get(c);
        }

        @SuppressWarnings("unchecked")
        private List<Map<String, Object>> maps(String key) {
            return (List<Map<String, Object>>) manifest.getOrDefault(key, List.of());
        }
    }
}
