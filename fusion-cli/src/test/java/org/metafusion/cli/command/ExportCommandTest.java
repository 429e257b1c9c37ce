package org.metafusion.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.metafusion.cli.Birds;
import org.metafusion.cli.Shell;
import org.metafusion.cli.Shell.Ran;
import org.metafusion.core.modality.FeatureTable;
import org.metafusion.core.modality.Samples;
import org.metafusion.data.bundle.BundleModelStore;
import org.metafusion.data.folder.DataFolder;
import org.metafusion.ensemble.model.ModelArchive;
import org.metafusion.ensemble.model.ModelContent;
import org.metafusion.onnx.runtime.FloatRows;
import org.metafusion.onnx.runtime.OnnxSession;

/** {@code fusion export}: graphs that say what {@code fusion predict} says, weights that other languages read, and refusals. */
class ExportCommandTest extends FittedBirds {

    @Test
    void aGraphIsComparedOnTheRowsThatHaveAllItsModalities() {
        Path file = dir.resolve("birds.onnx");
        Ran ran = Shell.fusion("export", model, "-o", file, "--rows", data);
        assertThat(ran.err()).isEmpty();
        assertThat(ran.out())
                .startsWith("ONNX graph\n")
                .contains(file.toString())
                .containsPattern("inputs +image, text\n")
                .containsPattern("predictions +probabilities\n")
                .containsPattern("rows compared +70\n");
        JsonNode json = Shell.fusion("export", model, "-o", file, "--json").json();
        assertThat(json.get("randomRows").asInt()).isEqualTo(256);
        assertThat(json.get("largestDifference").asDouble()).isLessThan(1e-5);
    }

    @Test
    void theGraphOfSomeModalitiesSaysWhatPredictSays() throws IOException {
        Path file = dir.resolve("image.onnx");
        assertThat(Shell.fusion("export", model, "-o", file, "--modalities", "image")
                        .code())
                .isZero();
        Path images = dir.resolve("images");
        Birds.classes(images).without("text.csv");
        JsonNode predicted =
                Shell.fusion("predict", model, images, "--json").json().get("predictions");
        ModelContent content = content();
        Samples rows = DataFolder.readSamples(images, content.cohort().modalities());
        FeatureTable image = rows.tables().get(0);
        try (OnnxSession session = OnnxSession.of("image", Files.readAllBytes(file))) {
            float[] probabilities = session.run(
                            Map.of("image", new FloatRows(image.values(), rows.rows())), "probabilities")
                    .values();
            for (int row = 0; row < rows.rows(); row++) {
                assertThat((double) probabilities[3 * row])
                        .isCloseTo(predicted.get(row).get("p_kind0").asDouble(), within(1e-5));
            }
        }
    }

    private ModelContent content() {
        return ModelArchive.standard().restore(new BundleModelStore().load(model));
    }

    /** Read by the format's own description, not by the code that wrote it. */
    @Test
    void weightsAreSafetensorsThatSayWhatTheyAre() throws IOException {
        Path file = dir.resolve("birds.safetensors");
        Ran ran = Shell.fusion("export", model, "-o", file);
        assertThat(ran.err()).isEmpty();
        assertThat(ran.out()).startsWith("Weights\n").containsPattern("tensors +\\d+\n");
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        int length = (int) bytes.getLong(0);
        assertThat((8 + length) % 8).isZero();
        assertThat((char) bytes.get(8)).isEqualTo('{');
        JsonNode header = new ObjectMapper().readTree(new String(bytes.array(), 8, length, StandardCharsets.UTF_8));
        assertThat(header.get("__metadata__").get("format").asText()).isEqualTo("metafusion-weights 1");
        assertThat(header.get("__metadata__").get("classes").asText()).isEqualTo("kind0\nkind1\nkind2");
        header.get("__metadata__").forEach(text -> assertThat(text.isTextual()).isTrue());
        assertThat(header.get("__metadata__").get("committees").asText())
                .containsPattern("(?m)^image\\+text: .+ of student\\d");
        int students = content().cohort().size();
        assertThat(header.get("__metadata__").get("students").asText().lines()).hasSize(students);
        assertFilled(header, bytes.capacity() - 8 - length);
        Map<String, float[]> tensors = tensors(header, bytes, 8 + length);
        assertThat(tensors.get("image.mean"))
                .isEqualTo(content().preparation().standardisers().get(0).mean());
        assertThat(tensors).containsKeys("student0.fold0.head.0.weight", "student0.fold4.head.0.bias");
        long floats = tensors.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith("student"))
                .mapToLong(entry -> entry.getValue().length)
                .sum();
        assertThat(floats).isEqualTo(content().parameters().length);
    }

    /** Offsets are the shapes', and leave no gap. */
    private static void assertFilled(JsonNode header, int dataBytes) {
        List<JsonNode> slots = new ArrayList<>();
        header.properties().forEach(field -> {
            if (!field.getKey().equals("__metadata__")) {
                slots.add(field.getValue());
            }
        });
        slots.sort(
                Comparator.comparingInt(slot -> slot.get("data_offsets").get(0).asInt()));
        int at = 0;
        for (JsonNode slot : slots) {
            int size = 4;
            for (JsonNode extent : slot.get("shape")) {
                size *= extent.asInt();
            }
            assertThat(slot.get("dtype").asText()).isEqualTo("F32");
            assertThat(slot.get("data_offsets").get(0).asInt()).isEqualTo(at);
            assertThat(slot.get("data_offsets").get(1).asInt()).isEqualTo(at + size);
            at += size;
        }
        assertThat(at).isEqualTo(dataBytes);
    }

    private static Map<String, float[]> tensors(JsonNode header, ByteBuffer bytes, int start) {
        Map<String, float[]> tensors = new HashMap<>();
        header.properties().forEach(field -> {
            if (!field.getKey().equals("__metadata__")) {
                int begin = field.getValue().get("data_offsets").get(0).asInt();
                int end = field.getValue().get("data_offsets").get(1).asInt();
                float[] values = new float[(end - begin) / 4];
                for (int i = 0; i < values.length; i++) {
                    values[i] = bytes.getFloat(start + begin + 4 * i);
                }
                tensors.put(field.getKey(), values);
            }
        });
        return tensors;
    }

    @Test
    void whatCannotBeDoneIsRefusedAndLeavesNothing() throws IOException {
        Path empty = Files.createDirectory(dir.resolve("empty"));
        refused(
                empty,
                Shell.fusion("export", model, "-o", empty.resolve("m.pb")),
                "--output must end in .onnx (a committee as a graph) or .safetensors (the weights) but is '"
                        + empty.resolve("m.pb") + "'");
        refused(
                empty,
                Shell.fusion("export", model, "-o", empty.resolve("m.safetensors"), "--modalities", "image"),
                "--modalities and --rows are for .onnx; a .safetensors file has all weights, so leave them out");
        refused(
                empty,
                Shell.fusion("export", model, "-o", empty.resolve("m.onnx"), "--modalities", "image,smell"),
                "The model has no modality 'smell'; it knows [image, text]");
        Path images = dir.resolve("only-images");
        Birds.classes(images).without("text.csv");
        refused(
                empty,
                Shell.fusion("export", model, "-o", empty.resolve("m.onnx"), "--rows", images),
                "None of the 80 rows to compare on has all of [image, text]; give rows that do");
        Path nowhere = dir.resolve("nowhere").resolve("m.onnx");
        refused(
                empty,
                Shell.fusion("export", model, "-o", nowhere),
                "Cannot write " + nowhere + ": folder " + nowhere.getParent()
                        + " does not exist; make it with: mkdir -p " + nowhere.getParent());
    }

    private static void refused(Path folder, Ran ran, String complaint) throws IOException {
        assertThat(ran.err()).isEqualTo("fusion: " + complaint + "\n");
        assertThat(ran.out()).isEmpty();
        assertThat(ran.code()).isEqualTo(2);
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).isEmpty();
        }
    }
}
