package org.metafusion.data.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.metafusion.core.FusionException;
import org.metafusion.core.port.StoredModel;
import org.metafusion.core.port.StoredModel.StoredTensor;

final class BundleModelStoreTest {

    @TempDir
    Path dir;

    private final BundleModelStore store = new BundleModelStore();

    @Test
    void givesBackWhatItWasGiven() {
        Path file = dir.resolve("m.fusion");
        store.save(TestModels.small(), file);
        TestModels.assertEqual(store.load(file), TestModels.small());
    }

    @Test
    void numbersComeBackAsIntegerLongOrDouble() {
        Map<String, Object> numbers = new LinkedHashMap<>();
        numbers.put("int", 7L);
        numbers.put("long", 1L << 40);
        numbers.put("whole double", 3.0);
        numbers.put("small double", 4.9e-324);
        numbers.put("float", 0.1f);
        numbers.put("text", "\u00e9 \u4e2d \ud83d\ude00 \" \\ \n");
        Path file = dir.resolve("m.fusion");
        store.save(new StoredModel(Map.of("numbers", numbers), Map.of()), file);
        Map<String, Object> expected = new LinkedHashMap<>(numbers);
        expected.put("int", 7);
        expected.put("float", 0.1);
        assertThat(store.load(file).manifest()).isEqualTo(Map.of("numbers", expected));
    }

    @Test
    void equalModelsGiveEqualBytes() throws IOException {
        Path first = dir.resolve("1.fusion");
        Path second = dir.resolve("2.fusion");
        store.save(TestModels.small(), first);
        store.save(TestModels.smallInAnotherOrder(), second);
        assertThat(second).hasSameBinaryContentAs(first);
        byte[] bytes = Files.readAllBytes(first);
        store.save(TestModels.small(), first);
        assertThat(first).hasBinaryContent(bytes);
    }

    @Test
    void theEnvelopeSaysWhatTheFileIs() throws IOException {
        Path file = dir.resolve("m.fusion");
        store.save(TestModels.small(), file);
        try (ZipFile zip = new ZipFile(file.toFile())) {
            assertThat(zip.stream().map(entry -> entry.getName()))
                    .containsExactly("manifest.json", "weights.safetensors");
            JsonNode envelope = new ObjectMapper().readTree(zip.getInputStream(zip.getEntry("manifest.json")));
            assertThat(envelope.get("format").asText()).isEqualTo("metafusion-model");
            assertThat(envelope.get("formatVersion").asInt()).isEqualTo(1);
            assertThat(envelope.get("weights").get("sha256").asText()).hasSize(64);
            assertThat(envelope.get("model").get("name").asText()).isEqualTo("birds");
        }
    }

    /** The layout the format's definition gives, taken apart by hand. */
    @Test
    void weightsAreSafetensors() throws IOException {
        Path file = dir.resolve("m.fusion");
        StoredTensor matrix = new StoredTensor(new int[] {2, 2}, new float[] {1, 2, 3, 4});
        store.save(new StoredModel(Map.of(), Map.of("b", matrix, "a", StoredTensor.of(-0.5f))), file);
        try (ZipFile zip = new ZipFile(file.toFile())) {
            byte[] bytes =
                    zip.getInputStream(zip.getEntry("weights.safetensors")).readAllBytes();
            ByteBuffer data = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
            int length = (int) data.getLong();
            assertThat(length % 8).isZero();
            JsonNode header = new ObjectMapper().readTree(bytes, 8, length);
            assertThat(header).isEqualTo(new ObjectMapper().readTree("""
                                    {"a": {"dtype": "F32", "shape": [1], "data_offsets": [0, 4]},
                                     "b": {"dtype": "F32", "shape": [2, 2], "data_offsets": [4, 20]}}
                                    """));
            assertThat(bytes).hasSize(8 + length + 20);
            float[] values = new float[5];
            data.position(8 + length)
                    .slice()
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .asFloatBuffer()
                    .get(values);
            assertThat(values).containsExactly(-0.5f, 1, 2, 3, 4);
        }
    }

    @Test
    void largeTensorsAndNoTensorsAreKept() {
        float[] values = new float[100_003];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) Math.sin(i);
        }
        Map<String, StoredTensor> tensors = Map.of(
                "large", StoredTensor.of(values),
                "none", new StoredTensor(new int[] {0, 5}, new float[0]),
                "scalar", new StoredTensor(new int[0], new float[] {Float.MIN_VALUE}));
        Path file = dir.resolve("m.fusion");
        store.save(new StoredModel(Map.of(), tensors), file);
        TestModels.assertEqual(store.load(file), new StoredModel(Map.of(), tensors));
        store.save(new StoredModel(Map.of(), Map.of()), file);
        assertThat(store.load(file).tensors()).isEmpty();
    }

    @Test
    void refusesWeightsThatAreNotFiniteAndKeepsTheOldModel() throws IOException {
        Path file = dir.resolve("m.fusion");
        store.save(TestModels.small(), file);
        StoredModel diverged = new StoredModel(Map.of(), Map.of("w", StoredTensor.of(1, Float.NaN)));
        assertThatThrownBy(() -> store.save(diverged, file))
                .isInstanceOf(FusionException.class)
                .hasMessage("Model " + file + " is not written: weight 1 of 'w' is NaN; the training diverged, so lower"
                        + " its learning rate");
        TestModels.assertEqual(store.load(file), TestModels.small());
        try (Stream<Path> files = Files.list(dir)) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void refusesWhatAManifestCannotHold() {
        Path file = dir.resolve("m.fusion");
        assertThatThrownBy(() -> save(file, Map.of("a", Map.of("b", List.of(1, Double.NaN)))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Manifest value 'model.a.b[1]' is NaN; numbers must be finite, so leave it out");
        assertThatThrownBy(() -> save(file, Map.of("a", new int[0])))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Manifest value 'model.a' is a int[]; it must be a map, list, string, number or boolean");
        assertThatThrownBy(() -> save(file, Map.of("a", java.math.BigInteger.ONE)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Manifest value 'model.a' is a BigInteger; numbers must be int, long, float or double");
        assertThatThrownBy(() -> save(file, Map.of("a", Map.of(1, 2))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Manifest value 'model.a' has the key 1, which is no string; keys must be strings");
        assertThat(file).doesNotExist();
    }

    private void save(Path file, Map<String, Object> manifest) {
        store.save(new StoredModel(manifest, Map.of()), file);
    }

    @Test
    void complainsOfAMissingFolder() {
        Path file = dir.resolve("models").resolve("m.fusion");
        assertThatThrownBy(() -> store.save(TestModels.small(), file))
                .isInstanceOf(FusionException.class)
                .hasMessage("Cannot write " + file + ": folder " + dir.resolve("models")
                        + " does not exist; make it with: mkdir -p " + dir.resolve("models"));
    }
}
