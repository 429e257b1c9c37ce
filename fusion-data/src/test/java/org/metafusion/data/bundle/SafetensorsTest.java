package org.metafusion.data.bundle;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.metafusion.core.port.StoredModel.StoredTensor;

/** What is and is not of the safetensors format. */
final class SafetensorsTest {

    private static void assertComplaint(byte[] weights, String complaint) {
        assertThatThrownBy(() -> Safetensors.read(new ByteArrayInputStream(weights), weights.length))
                .isInstanceOf(IOException.class)
                .hasMessage(complaint);
    }

    /** The bytes as the format's description has them, spelt out. */
    @Test
    void aFileIsHeaderLengthHeaderAndValues(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("w.safetensors");
        new SafetensorsFile(file)
                .write(
                        Map.of("b", StoredTensor.of(0.5f), "a", new StoredTensor(new int[] {2, 1}, new float[] {1, -2
                        })),
                        Map.of("format", "x"));
        String header = "{\"__metadata__\":{\"format\":\"x\"},"
                + "\"a\":{\"data_offsets\":[0,8],\"dtype\":\"F32\",\"shape\":[2,1]},"
                + "\"b\":{\"data_offsets\":[8,12],\"dtype\":\"F32\",\"shape\":[1]}}";
        int padded = (header.length() + 7) / 8 * 8;
        ByteBuffer expected = ByteBuffer.allocate(8 + padded + 12).order(ByteOrder.LITTLE_ENDIAN);
        expected.putLong(padded).put(header.getBytes(UTF_8));
        while (expected.position() < 8 + padded) {
            expected.put((byte) ' ');
        }
        expected.putFloat(1).putFloat(-2).putFloat(0.5f);
        byte[] written = Files.readAllBytes(file);
        assertThat(written).isEqualTo(expected.array());
        assertThat(Safetensors.read(new ByteArrayInputStream(written), written.length))
                .containsOnlyKeys("a", "b");
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
    }

    @ParameterizedTest
    @CsvSource({"-1", "0", "1", "4294967296", "9223372036854775807", "1000"})
    void complainsOfAHeaderLengthThatCannotBe(long length) {
        byte[] weights = ByteBuffer.allocate(64)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(length)
                .array();
        assertComplaint(weights, "a header of " + Long.toUnsignedString(length) + " bytes in 64");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'w': 1}|tensor 'w' has no shape and data_offsets",
                "{'w': {'dtype': 'F32', 'shape': [2], 'data_offsets': [0]}}|tensor 'w' has no shape and data_offsets",
                "{'w': {'dtype': 'F64', 'shape': [1], 'data_offsets': [0, 8]}}|tensor 'w' is of type F64 but must be F32",
                "{'w': {'dtype': 'F32', 'shape': [3], 'data_offsets': [0, 8]}}|tensor 'w' takes 12 bytes by its shape but 8"
                        + " by its data_offsets",
                "{'w': {'dtype': 'F32', 'shape': [-2], 'data_offsets': [0, 8]}}|tensor 'w' has a size or offset of -2",
                "{'w': {'dtype': 'F32', 'shape': [2], 'data_offsets': [0, 8.5]}}|tensor 'w' has a size or offset of 8.5",
                "{'w': {'dtype': 'F32', 'shape': [2147483647, 2147483647], 'data_offsets': [0, 8]}}|tensor 'w' has more"
                        + " values than an array takes",
                "{'w': {'dtype': 'F32', 'shape': [1], 'data_offsets': [4, 8]}}|tensor 'w' starts at byte 4 but should at 0",
                "{'w': {'dtype': 'F32', 'shape': [1], 'data_offsets': [0, 4]}}|the tensors take 4 bytes but there are 8",
                "{'w': {'dtype': 'F32', 'shape': [3], 'data_offsets': [0, 12]}}|the tensors take 12 bytes but there are 8",
                "[]|no JSON object",
            })
    void complainsOfATensor(String header, String complaint) {
        byte[] weights = bytes(header.replace('\'', '"'), 1, 2);
        assertComplaint(weights, complaint);
    }

    @Test
    void whatOtherWritersOfTheFormatAddIsNoDamage() throws IOException {
        byte[] weights = bytes(
                "{\"__metadata__\": {\"format\": \"np\"},"
                        + "\"w\": {\"data_offsets\": [0, 8], \"dtype\": \"F32\", \"shape\": [2, 1]}}   ",
                1,
                2);
        assertThat(Safetensors.read(new ByteArrayInputStream(weights), weights.length)
                        .keySet())
                .containsExactly("w");
    }

    static byte[] bytes(String header, float... values) {
        byte[] text = header.getBytes(UTF_8);
        ByteBuffer bytes =
                ByteBuffer.allocate(8 + text.length + 4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putLong(text.length).put(text);
        for (float value : values) {
            bytes.putFloat(value);
        }
        return bytes.array();
    }
}
