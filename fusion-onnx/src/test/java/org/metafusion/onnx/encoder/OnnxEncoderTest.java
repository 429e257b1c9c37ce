package org.metafusion.onnx.encoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.metafusion.core.FusionException;
import org.metafusion.core.fusion.FusionOperators;
import org.metafusion.core.modality.MultimodalDataset;
import org.metafusion.core.modality.Sample;
import org.metafusion.core.modality.Samples;
import org.metafusion.core.port.StoredModel;
import org.metafusion.core.representation.FittedExtractor;
import org.metafusion.ensemble.MetaFusion;
import org.metafusion.ensemble.config.FusionConfig;
import org.metafusion.ensemble.fit.Extractors;
import org.metafusion.ensemble.model.FusionModel;
import org.metafusion.ensemble.model.ModelArchive;
import org.metafusion.ensemble.model.ModelContent;
import org.metafusion.ensemble.model.Prediction;
import org.metafusion.onnx.export.OnnxExport;
import org.metafusion.onnx.graph.GraphMath;
import org.metafusion.onnx.graph.OnnxGraph;
import org.metafusion.onnx.graph.Value;

/** A frozen ONNX encoder is a representation like any other. */
class OnnxEncoderTest {

    @TempDir
    Path folder = Path.of("");

    private Path file = Path.of("");

    @BeforeEach
    void write() throws IOException {
        file = folder.resolve("tiny.onnx");
        Files.write(file, TinyEncoder.graph(TinyEncoder.BIAS));
    }

    private static MetaFusion.Builder fusion(OnnxEncoder... encoders) {
        MetaFusion.Builder builder = MetaFusion.configure().config(TinyEncoder.config());
        List.of(encoders).forEach(builder::extractor);
        return builder;
    }

    @Test
    void seesFeaturesInTheirOwnUnit() {
        MultimodalDataset rows = TinyEncoder.rows();
        try (OnnxEncoder tiny = OnnxEncoder.of("tiny", file);
                MetaFusion fusion = fusion(tiny).build();
                FusionModel model = fusion.fit(rows).model()) {
            ModelContent content = model.content();
            FittedExtractor fitted =
                    content.preparation().extractors().values().iterator().next();
            float[] standardised = content.preparation()
                    .standardisers()
                    .get(0)
                    .apply(rows.samples().tables().get(0));
            float[] features = fitted.apply(standardised, TinyEncoder.ROWS);
            assertThat(features).hasSize(2 * TinyEncoder.ROWS);
            for (int row = 0; row < TinyEncoder.ROWS; row++) {
                float[] x = java.util.Arrays.copyOfRange(
                        rows.samples().tables().get(0).values(),
                        row * TinyEncoder.WIDTH,
                        (row + 1) * TinyEncoder.WIDTH);
                assertThat(features[2 * row]).isCloseTo(TinyEncoder.expected(x, 0), within(1e-5f));
                assertThat(features[2 * row + 1]).isCloseTo(TinyEncoder.expected(x, 1), within(1e-5f));
            }
        }
    }

    @Test
    void aStoredModelComesBackWithTheSameFileOnly() throws IOException {
        MultimodalDataset rows = TinyEncoder.rows();
        try (OnnxEncoder tiny = OnnxEncoder.of("tiny", file);
                MetaFusion fusion = fusion(tiny).build();
                FusionModel model = fusion.fit(rows).model()) {
            StoredModel stored = new ModelArchive(
                            FusionOperators.standard(), Extractors.standard().with(List.of(tiny)))
                    .store(model.content());
            try (FusionModel loaded = fusion.load(stored)) {
                assertThat(values(loaded, rows)).isDeepEqualTo(values(model, rows));
            }
            assertThatThrownBy(() -> tiny.restore(Map.of("weights", new float[1])))
                    .isInstanceOf(FusionException.class)
                    .hasMessage(
                            "A stored 'tiny' has no 'sha256', so it was no ONNX encoder; register the extractor that the"
                                    + " model was fitted with");
            Files.write(file, TinyEncoder.graph(new float[] {0, 0}));
            try (OnnxEncoder other = OnnxEncoder.of("tiny", file);
                    MetaFusion without = fusion(other).build()) {
                assertThatThrownBy(() -> without.load(stored))
                        .isInstanceOf(FusionException.class)
                        .hasMessageMatching(
                                "Encoder 'tiny' is registered with an ONNX file of SHA-256 [0-9a-f]{64} but the"
                                        + " model was fitted with one of [0-9a-f]{64}; register that file");
            }
        }
    }

    private static double[][] values(FusionModel model, MultimodalDataset rows) {
        return model.predict(rows.samples()).stream().map(Prediction::values).toArray(double[][]::new);
    }

    @Test
    void singleRowsAndBatchesAgreeAndExportNamesTheEncoder() {
        MultimodalDataset rows = TinyEncoder.rows();
        try (OnnxEncoder tiny = OnnxEncoder.of("tiny", file);
                MetaFusion fusion = fusion(tiny).build();
                FusionModel model = fusion.fit(rows).model()) {
            Samples first = rows.samples().select(new int[] {0});
            Sample sample = Sample.of("image", first.tables().get(0).values())
                    .and("text", first.tables().get(1).values());
            double[] batch = model.predict(first).get(0).values();
            assertThat(model.predict(sample).values()).containsExactly(batch, within(1e-6));
            assertThatThrownBy(() -> OnnxExport.of(model).checkedOnRandomRows(1))
                    .isInstanceOf(FusionException.class)
                    .hasMessageContaining(
                            "Representation 'image.tiny' comes from the ONNX file of encoder 'tiny', which is not joined"
                                    + " into another graph; export what does not read it with --modalities, or run that"
                                    + " file first and fit a model on its output as a modality");
        }
    }

    @Test
    void aModalityOfAnotherWidthIsRefused() {
        FusionConfig onText = TinyEncoder.config()
                .with(Map.of("cohort.representations.text", "[tiny]", "cohort.representations.image", "[raw]"));
        try (OnnxEncoder tiny = OnnxEncoder.of("tiny", file);
                MetaFusion fusion =
                        MetaFusion.configure().config(onText).extractor(tiny).build()) {
            assertThatThrownBy(() -> fusion.fit(TinyEncoder.rows()))
                    .isInstanceOf(FusionException.class)
                    .hasMessage(
                            "Encoder 'tiny' takes 4 features a row but the modality has 3; name it under the modality it"
                                    + " is for");
        }
    }

    @Test
    void graphsThatAreNoEncodersAreRefused() throws IOException {
        GraphMath two = new GraphMath(new OnnxGraph());
        Value a = two.graph().input("a", 2);
        Value b = two.graph().input("b", 2);
        two.graph().output("sum", two.add(a, b), 2);
        assertRefused(
                two.graph().bytes("two", Map.of()),
                "",
                "Encoder 'tiny' needs a graph of one float32 input but it has inputs [a, b], of float32 [a, b]; export the"
                        + " part that takes features alone");
        GraphMath outputs = new GraphMath(new OnnxGraph());
        Value x = outputs.graph().input("x", 2);
        outputs.graph().output("one", x, 2);
        outputs.graph().output("other", outputs.add(x, x), 2);
        byte[] graph = outputs.graph().bytes("outputs", Map.of());
        assertRefused(
                graph,
                "",
                "Encoder 'tiny' has the float32 outputs [one, other]; name one: file.onnx#output in"
                        + " cohort.encoders, or OnnxEncoder.of(name, file, output)");
        assertRefused(graph, "third", "Encoder 'tiny' has the float32 outputs [one, other] but no 'third'");
        Files.write(file, graph);
        try (OnnxEncoder other = OnnxEncoder.of("tiny", file, "other")) {
            assertThat(other.ownWidth()).hasValue(2);
        }
        Path missing = folder.resolve("missing.onnx");
        assertThatThrownBy(() -> OnnxEncoder.of("tiny", missing))
                .isInstanceOf(FusionException.class)
                .hasMessage("Encoder 'tiny' cannot be read from " + missing + " (NoSuchFileException); check the path");
        Files.writeString(file, "no graph");
        assertThatThrownBy(() -> OnnxEncoder.of("tiny", file))
                .isInstanceOf(FusionException.class)
                .hasMessageStartingWith("ONNX Runtime cannot read encoder 'tiny' (" + file + "): ");
    }

    private void assertRefused(byte[] graph, String output, String message) throws IOException {
        Files.write(file, graph);
        assertThatThrownBy(() -> OnnxEncoder.of("tiny", file, output))
                .isInstanceOf(FusionException.class)
                .hasMessage(message);
    }

    @Test
    void manyThreadsMayAskAtOnce() {
        MultimodalDataset rows = TinyEncoder.rows();
        try (OnnxEncoder tiny = OnnxEncoder.of("tiny", file);
                MetaFusion fusion = fusion(tiny).build();
                FusionModel model = fusion.fit(rows).model()) {
            List<Sample> samples = new ArrayList<>();
            for (int row = 0; row < 64; row++) {
                Samples one = rows.samples().select(new int[] {row});
                samples.add(Sample.of("image", one.tables().get(0).values())
                        .and("text", one.tables().get(1).values()));
            }
            List<Double> inTurn =
                    samples.stream().map(s -> model.predict(s).values()[0]).toList();
            List<Double> atOnce = samples.parallelStream()
                    .map(s -> model.predict(s).values()[0])
                    .toList();
            assertThat(atOnce).isEqualTo(inTurn);
        }
    }
}
