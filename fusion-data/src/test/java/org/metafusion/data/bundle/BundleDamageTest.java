package org.metafusion.data.bundle;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.metafusion.core.FusionException;
import org.metafusion.core.port.StoredModel;

/** Files that are no models, or no longer. */
final class BundleDamageTest {

    private static final String MEND = "; copy it anew or fit the model again";

    @TempDir
    Path dir;

    private final BundleModelStore store = new BundleModelStore();
    private Path file = Path.of("");
    private byte[] whole = {};

    @BeforeEach
    void save() throws IOException {
        file = dir.resolve("m.fusion");
        store.save(TestModels.small(), file);
        whole = Files.readAllBytes(file);
    }

    private void assertComplaint(String message) {
        assertThatThrownBy(() -> store.load(file))
                .isInstanceOf(FusionException.class)
                .hasMessage(message);
    }

    @Test
    void everyCutIsNoticed() throws IOException {
        for (int length = 0; length < whole.length; length++) {
            Files.write(file, Arrays.copyOf(whole, length));
            Throwable thrown = catchThrowable(() -> store.load(file));
            assertThat(thrown).as("cut to %d of %d bytes", length, whole.length).isInstanceOf(FusionException.class);
            assertThat(thrown.getMessage()).startsWith("Model " + file + " is ").doesNotContain("\n");
        }
    }

    /** Some bytes of a zip, such as the time, mean nothing here: then the model must be as it was. */
    @Test
    void everyFlippedByteIsNoticedOrHarmless() throws IOException {
        for (int at = 0; at < whole.length; at++) {
            byte[] flipped = whole.clone();
            flipped[at] ^= (byte) (1 << (at % 8));
            Files.write(file, flipped);
            try {
                TestModels.assertEqual(store.load(file), TestModels.small());
            } catch (FusionException e) {
                assertThat(e.getMessage()).startsWith("Model " + file + " ").doesNotContain("\n");
            }
        }
    }

    @Test
    void bytesOfAnotherFileInTheMiddleAreNoticed() throws IOException {
        byte[] zeroed = whole.clone();
        Arrays.fill(zeroed, 500, 560, (byte) 0);
        Files.write(file, zeroed);
        assertThatThrownBy(() -> store.load(file)).isInstanceOf(FusionException.class);
    }

    @Test
    void complainsOfWhatIsNoModel() throws IOException {
        Files.delete(file);
        assertComplaint("Model " + file + " does not exist; check the path");
        Files.createDirectory(file);
        assertComplaint("Model " + file + " is a folder; give a file that 'fusion fit' wrote");
        Files.delete(file);
        Files.writeString(file, "");
        assertComplaint("Model " + file + " is empty; give a file that 'fusion fit' wrote");
        Files.writeString(file, "id,label\na,1\n");
        assertComplaint(
                "Model " + file + " is no MetaFusion model (not a zip file); give a file that 'fusion fit' wrote");
    }

    @Test
    void complainsOfAZipOfAnotherKind() throws IOException {
        zip(Map.of("a.txt", "x".getBytes(UTF_8)));
        assertComplaint(
                "Model " + file + " is a zip file but no MetaFusion model (there is no manifest.json in it); give a"
                        + " file that 'fusion fit' wrote");
        zip(Map.of("manifest.json", "{\"name\": \"an app\"}".getBytes(UTF_8)));
        assertComplaint("Model " + file + " is a zip file but no MetaFusion model (its manifest.json is of another"
                + " program); give a file that 'fusion fit' wrote");
    }

    @Test
    void complainsOfAZipCutShort() throws IOException {
        Files.write(file, Arrays.copyOf(whole, whole.length - 1));
        assertThatThrownBy(() -> store.load(file))
                .isInstanceOf(FusionException.class)
                .hasMessageStartingWith("Model " + file + " is damaged: the zip is cut short or broken (")
                .hasMessageEndingWith(")" + MEND);
    }

    @Test
    void complainsOfANewerVersion() throws IOException {
        zip(Map.of("manifest.json", "{\"format\": \"metafusion-model\", \"formatVersion\": 2}".getBytes(UTF_8)));
        assertComplaint(
                "Model " + file + " was written by a newer version of MetaFusion (format 2, this one reads up to"
                        + " 1); update MetaFusion");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'format': 'metafusion-model'}|its formatVersion is null",
                "{'format': 'metafusion-model', 'formatVersion': 'a'}|its formatVersion is a",
                "{'format': 'metafusion-model', 'formatVersion': 0}|its formatVersion is 0",
                "{'format': 'metafusion-model', 'formatVersion': 1}|manifest.json: there is no 'weights'",
                "{'format': 'metafusion-model', 'formatVersion': 1, 'weights': {}}|manifest.json: 'weights' has no sha256"
                        + " and bytes",
                "{'format': 'metafusion-model', 'formatVersion': 1, 'weights': {'sha256': 'x', 'bytes': 1}}|manifest.json:"
                        + " there is no 'model'",
                "{'format': null}|manifest.json: a null in the JSON",
                "{'a': 1e999}|manifest.json: a number too large in the JSON",
                "{'a': 99999999999999999999}|manifest.json: a number too large in the JSON",
                "[1]|manifest.json: no JSON object",
            })
    void complainsOfAManifest(String manifest, String complaint) throws IOException {
        zip(Map.of("manifest.json", manifest.replace('\'', '"').getBytes(UTF_8)));
        assertComplaint("Model " + file + " is damaged: " + complaint + MEND);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"{'a': 1", "{'a': 1, 'a': 2}", "{} {}", "''", "{'a': NaN}"})
    void complainsOfAManifestThatIsNoJson(String manifest) throws IOException {
        zip(Map.of("manifest.json", manifest.replace('\'', '"').getBytes(UTF_8)));
        assertThatThrownBy(() -> store.load(file))
                .isInstanceOf(FusionException.class)
                .hasMessageStartingWith("Model " + file + " is damaged: manifest.json: ")
                .hasMessageEndingWith(MEND);
    }

    @Test
    void complainsOfDeeplyNestedJson() throws IOException {
        zip(Map.of("manifest.json", ("{\"a\":" + "[".repeat(100_000)).getBytes(UTF_8)));
        assertThatThrownBy(() -> store.load(file))
                .isInstanceOf(FusionException.class)
                .hasMessageStartingWith("Model " + file + " is damaged: manifest.json: bad JSON: ");
    }

    @Test
    void complainsOfWeightsThatAreNotThoseWritten() throws IOException {
        byte[] weights = weights(TestModels.small());
        byte[] manifest = manifest(weights);
        weights[weights.length - 1] ^= 1;
        zip(entries(manifest, weights));
        assertComplaint("Model " + file + " is damaged: the weights are not those that were written (their SHA-256"
                + " differs)" + MEND);
        zip(entries(manifest, Arrays.copyOf(weights, weights.length - 4)));
        assertComplaint("Model " + file + " is damaged: weights.safetensors has " + (weights.length - 4)
                + " bytes where the manifest says " + weights.length + MEND);
        zip(Map.of("manifest.json", manifest));
        assertComplaint("Model " + file + " is damaged: there is no weights.safetensors in it" + MEND);
    }

    @Test
    void complainsOfCompressedWeightsSoThatNoneCanSwell() throws IOException {
        byte[] zeros = new byte[1 << 20];
        byte[] manifest = manifest(zeros);
        try (OutputStream out = Files.newOutputStream(file);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            for (Map.Entry<String, byte[]> entry : entries(manifest, zeros).entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue());
            }
        }
        assertComplaint("Model " + file + " is damaged: weights.safetensors is compressed, as if packed anew" + MEND);
    }

    @Test
    void complainsOfAManifestThatSwells() throws IOException {
        try (OutputStream out = Files.newOutputStream(file);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.putNextEntry(new ZipEntry("manifest.json"));
            byte[] blanks = new byte[1 << 20];
            Arrays.fill(blanks, (byte) ' ');
            for (int i = 0; i < 65; i++) {
                zip.write(blanks);
            }
        }
        assertThat(Files.size(file)).isLessThan(1 << 20);
        assertComplaint("Model " + file + " is damaged: manifest.json is longer than 67108864 bytes" + MEND);
    }

    @Test
    void complainsOfAWeightThatIsNotFinite() throws IOException {
        byte[] weights = SafetensorsTest.bytes(
                "{\"w\": {\"dtype\": \"F32\", \"shape\": [2], \"data_offsets\": [0, 8]}}", 1, Float.NaN);
        zip(entries(manifest(weights), weights));
        assertComplaint("Model " + file + " is damaged: weights.safetensors: tensor 'w' holds NaN" + MEND);
    }

    private static byte[] weights(StoredModel model) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        new Safetensors(model.tensors()).writeTo(bytes);
        return bytes.toByteArray();
    }

    private static byte[] manifest(byte[] weights) {
        Fingerprint fingerprint = new Fingerprint();
        fingerprint.write(weights, 0, weights.length);
        return new JsonTree().write(new Envelope(fingerprint.sha256(), weights.length, Map.of()).tree(), true);
    }

    private static Map<String, byte[]> entries(byte[] manifest, byte[] weights) {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        entries.put("manifest.json", manifest);
        entries.put("weights.safetensors", weights);
        return entries;
    }

    private void zip(Map<String, byte[]> entries) throws IOException {
        try (OutputStream out = Files.newOutputStream(file);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            for (Map.Entry<String, byte[]> content : entries.entrySet()) {
                Fingerprint fingerprint = new Fingerprint();
                fingerprint.write(content.getValue(), 0, content.getValue().length);
                ZipEntry entry = new ZipEntry(content.getKey());
                entry.setMethod(ZipEntry.STORED);
                entry.setSize(content.getValue().length);
                entry.setCrc(fingerprint.crc());
                zip.putNextEntry(entry);
                zip.write(content.getValue());
            }
        }
    }
}
