package org.metafusion.data.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.metafusion.core.port.StoredModel;
import org.metafusion.core.port.StoredModel.StoredTensor;

/** Models to store. */
final class TestModels {

    private TestModels() {}

    static StoredModel small() {
        Map<String, Object> manifest = Map.of(
                "name", "birds",
                "seeds", List.of(1, 2, 1L << 33),
                "modalities", List.of(Map.of("name", "image", "width", 2), Map.of("name", "text", "width", 1)),
                "metrics", Map.of("accuracy", 0.93, "rows", 120),
                "calibrated", true,
                "empty", List.of());
        return new StoredModel(
                manifest,
                Map.of(
                        "students.0.w",
                        new StoredTensor(new int[] {2, 3}, new float[] {1, -2, 3.5f, 4, 5e-20f, 6}),
                        "students.0.b",
                        StoredTensor.of(0.25f, -0f, 7)));
    }

    static StoredModel smallInAnotherOrder() {
        StoredModel small = small();
        Map<String, Object> manifest = new LinkedHashMap<>();
        small.manifest().keySet().stream()
                .sorted(java.util.Comparator.reverseOrder())
                .forEach(key -> manifest.put(key, small.manifest().getOrDefault(key, "")));
        return new StoredModel(manifest, new LinkedHashMap<>(small.tensors()));
    }

    static void assertEqual(StoredModel actual, StoredModel expected) {
        assertThat(actual.manifest()).isEqualTo(expected.manifest());
        assertThat(actual.tensors().keySet()).isEqualTo(expected.tensors().keySet());
        expected.tensors().forEach((name, tensor) -> {
            StoredTensor loaded = actual.tensors().getOrDefault(name, StoredTensor.of());
            assertThat(loaded.shape()).as(name).isEqualTo(tensor.shape());
            assertThat(loaded.values()).as(name).isEqualTo(tensor.values());
        });
    }
}
