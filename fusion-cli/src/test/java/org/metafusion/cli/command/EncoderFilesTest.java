package org.metafusion.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.metafusion.cli.Birds;
import org.metafusion.cli.Shell;
import org.metafusion.cli.Shell.Ran;
import org.metafusion.core.representation.AffineMap;
import org.metafusion.onnx.graph.GraphMath;
import org.metafusion.onnx.graph.OnnxGraph;
import org.metafusion.onnx.graph.Value;

/** {@code cohort.encoders}: ONNX files as representations, from the command line alone. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class EncoderFilesTest {

    private Path dir = Path.of("");
    private Path data = Path.of("");
    private Path encoder = Path.of("");
    private Path model = Path.of("");

    @BeforeAll
    void fit(@TempDir Path folder) throws IOException {
        dir = folder;
        data = Birds.classes(dir.resolve("birds")).path();
        encoder = dir.resolve("tiny.onnx");
        Files.write(encoder, graph(11));
        model = dir.resolve("birds.fusion");
        Ran ran = Shell.quick(with("fit", data, "-o", model));
        assertThat(ran.err()).doesNotContain("fusion: ");
        assertThat(ran.code()).isZero();
        Files.delete(encoder); // From here on only the model has it.
    }

    /** {@code tanh(x W)}, to two features. */
    private static byte[] graph(int width) {
        GraphMath math = new GraphMath(new OnnxGraph());
        float[] weights = new float[width * 2];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = i % 3 - 1;
        }
        Value sum = math.dense(math.graph().input("x", width), "layer", new AffineMap(weights, new float[2]));
        math.graph().output("embedding", math.graph().node("Tanh", sum), 2);
        return math.graph().bytes("tiny", Map.of());
    }

    private Object[] with(Object... call) {
        Object[] all = java.util.Arrays.copyOf(call, call.length + 4);
        all[call.length] = "--set";
        all[call.length + 1] = "cohort.encoders.tiny=" + encoder;
        all[call.length + 2] = "--set";
        all[call.length + 3] = "cohort.representations={image=[tiny],text=[raw]}";
        return all;
    }

    @Test
    void theModelHoldsTheEncoder() {
        assertThat(Shell.fusion("inspect", model).out()).contains("tiny");
        assertThat(Shell.fusion("evaluate", model, data).code()).isZero();
        assertThat(Shell.fusion("predict", model, data).code()).isZero();
    }

    @Test
    void exportSaysWhyItCannot() {
        Ran ran = Shell.fusion("export", model, "-o", dir.resolve("birds.onnx"), "--modalities", "image");

        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.err())
                .contains("fusion: Representation 'image.tiny' comes from the ONNX file of encoder 'tiny', which is not"
                        + " joined into another graph; export what does not read it with --modalities, or run that file"
                        + " first and fit a model on its output as a modality\n");
        assertThat(dir.resolve("birds.onnx")).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "missing.onnx | Encoder 'tiny' cannot be read from missing.onnx (NoSuchFileException); check the path",
                "tiny.pt | Encoder 'tiny' is to be read from tiny.pt but encoders are read from files that end in .onnx",
            })
    void aFileThatIsNotThereIsOneLine(String file, String complaint) {
        Ran ran = Shell.quick(
                "fit",
                data,
                "-o",
                dir.resolve("x.fusion"),
                "--set",
                "cohort.encoders.tiny=" + file,
                "--set",
                "cohort.representations.image=[tiny]");

        assertThat(ran.err()).isEqualTo("fusion: " + complaint + "\n");
        assertThat(ran.code()).isEqualTo(2);
    }

    @Test
    void aGraphOfAnotherWidthOrNoGraphIsOneLine() throws IOException {
        Path wide = dir.resolve("wide.onnx");
        Files.write(wide, graph(99));
        Path text = dir.resolve("text.onnx");
        Files.writeString(text, "no graph");
        for (Path file : new Path[] {wide, text}) {
            Ran ran = Shell.quick(
                    "cv",
                    data,
                    "--folds",
                    2,
                    "--set",
                    "cohort.encoders.tiny=" + file,
                    "--set",
                    "cohort.representations.image=[tiny]");

            assertThat(ran.code()).isEqualTo(2);
            assertThat(ran.err().lines().filter(line -> line.startsWith("fusion: ")))
                    .singleElement()
                    .asString()
                    .contains(
                            file.equals(wide)
                                    ? "takes 99 features a row but"
                                    : "ONNX Runtime cannot read encoder 'tiny'");
        }
    }
}
