package org.metafusion.onnx.encoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.metafusion.core.FusionException;
import org.metafusion.core.modality.MultimodalDataset;
import org.metafusion.core.port.StoredModel;
import org.metafusion.core.port.StoredModel.StoredTensor;
import org.metafusion.ensemble.MetaFusion;
import org.metafusion.ensemble.config.FusionConfig;
import org.metafusion.ensemble.model.FusionModel;
import org.metafusion.ensemble.model.Prediction;

/** Encoders that the configuration names, and models that hold them. */
class ConfiguredEncoderTest {

    @TempDir
    Path folder = Path.of("");

    private Path file = Path.of("");

    @BeforeEach
    void write() throws IOException {
        file = folder.resolve("tiny.onnx");
        Files.write(file, TinyEncoder.graph(TinyEncoder.BIAS));
    }

    private static MetaFusion fusion(String... keysAndValues) {
        Map<String, String> changed = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            changed.put(keysAndValues[i], keysAndValues[i + 1]);
        }
        return MetaFusion.configure().config(TinyEncoder.config().with(changed)).build();
    }

    private static double[][] values(FusionModel model, MultimodalDataset rows) {
        return model.predict(rows.samples()).stream().map(Prediction::values).toArray(double[][]::new);
    }

    private StoredModel fitted(MultimodalDataset rows) {
        try (MetaFusion fusion = fusion("cohort.encoders.tiny", file.toString());
                FusionModel model = fusion.fit(rows).model()) {
            return model.toStored();
        }
    }

    @Test
    void aModelHoldsTheFileOnceAndNeedsNothingElse() throws IOException {
        MultimodalDataset rows = TinyEncoder.rows();
        double[][] before;
        StoredModel stored;
        try (MetaFusion fusion = fusion("cohort.encoders", "{ tiny = \"" + file + "#embedding\" }");
                FusionModel model = fusion.fit(rows).model()) {
            before = values(model, rows);
            stored = model.toStored();
        }
        Files.delete(file);

        assertThat(stored.tensors().keySet().stream().filter(name -> name.endsWith(".graph")))
                .containsExactly("extractors.0.tiny.graph"); // of two folds
        try (MetaFusion anywhere = MetaFusion.configure()
                        .config(FusionConfig.defaults().with(Map.of("backend", "cpu", "threads", "1")))
                        .build();
                FusionModel loaded = anywhere.load(stored)) {
            assertThat(values(loaded, rows)).isDeepEqualTo(before);
            assertThat(loaded.toStored().tensors().keySet())
                    .isEqualTo(stored.tensors().keySet());
        }
    }

    @Test
    void aFileWithinAModelThatWasChangedIsRefused() {
        StoredModel stored = fitted(TinyEncoder.rows());
        Map<String, StoredTensor> tensors = new LinkedHashMap<>(stored.tensors());
        float[] graph = Objects.requireNonNull(tensors.get("extractors.0.tiny.graph"))
                .values()
                .clone();
        graph[graph.length / 2] += 1;
        tensors.put("extractors.0.tiny.graph", StoredTensor.of(graph));
        StoredModel changed = new StoredModel(stored.manifest(), tensors);

        try (MetaFusion anywhere = MetaFusion.configure().backend("cpu").build()) {
            assertThatThrownBy(() -> anywhere.load(changed))
                    .isInstanceOf(FusionException.class)
                    .hasMessage(
                            "The ONNX file that the model holds for encoder 'tiny' is not the one it was fitted with;"
                                    + " the model file was changed");
        }
    }

    @Test
    void filesThatCannotBeReadAreNamed() throws IOException {
        Path missing = folder.resolve("missing.onnx");
        assertRefused(
                missing.toString(),
                "Encoder 'tiny' cannot be read from " + missing + " (NoSuchFileException); check the path");
        assertRefused(
                "tiny.pt",
                "Encoder 'tiny' is to be read from tiny.pt but encoders are read from files that end in .onnx");
        assertRefused(file + "#other", "Encoder 'tiny' has the float32 outputs [embedding] but no 'other'");
    }

    private static void assertRefused(String written, String message) {
        assertThatThrownBy(() -> fusion("cohort.encoders.tiny", written).close())
                .isInstanceOf(FusionException.class)
                .hasMessage(message);
    }

    @Test
    void anEncoderThatNoModalityReadsIsAMistake() {
        try (MetaFusion fusion =
                fusion("cohort.encoders.tiny", file.toString(), "cohort.encoders.spare", file.toString())) {
            assertThatThrownBy(() -> fusion.fit(TinyEncoder.rows()))
                    .isInstanceOf(FusionException.class)
                    .hasMessage("Encoder 'spare' of cohort.encoders is read by no modality; add 'spare' to"
                            + " cohort.representations of the modality it is for, or leave it out");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 1000, 4097})
    void bytesComeBackFromNumbers(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        if (length > 0) {
            Arrays.fill(bytes, 0, Math.min(3, length), (byte) -1);
        }

        assertThat(StoredGraph.unpack("tiny", StoredGraph.pack(bytes))).isEqualTo(bytes);
    }

    @Test
    void numbersThatAreNoBytesAreRefused() {
        for (float[] wrong :
                new float[][] {{}, {0}, {0, 4, 1}, {0, 3, -1}, {0, 3, 1 << 24}, {0, 3, Float.NaN}, {-1, 0}, {100, 0}}) {
            assertThatThrownBy(() -> StoredGraph.unpack("tiny", wrong)).isInstanceOf(FusionException.class);
        }
    }

    @Test
    void aStateWithoutAFileHoldsNoEncoder() {
        assertThat(new OnnxEncoderFormat().stored("tiny", Map.of("sha256", new float[32])))
                .isEmpty();
    }
}
