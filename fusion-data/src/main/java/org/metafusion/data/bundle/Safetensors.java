package org.metafusion.data.bundle;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.metafusion.core.port.StoredModel.StoredTensor;

/**
 * Float32 tensors in the safetensors format: the header's length in 8 bytes, the header in JSON, padded with blanks to a
 * multiple of 8 bytes, then the values, all little-endian. Tensors are written by name without gaps.
 *
 * @see <a href="https://github.com/huggingface/safetensors#format">the format</a>
 */
final class Safetensors {

    private static final int ALIGNMENT = 8;
    private static final int CHUNK = 1 << 16;

    /** As large as the format's own reader takes. */
    static final long LONGEST_HEADER = 100_000_000;

    private final JsonTree json = new JsonTree();
    private final TreeMap<String, StoredTensor> tensors;
    private final byte[] header;
    private final long size;

    Safetensors(Map<String, StoredTensor> tensors) {
        this(tensors, Map.of());
    }

    /** @param metadata texts for readers, kept in the header; no entry where there are none */
    Safetensors(Map<String, StoredTensor> tensors, Map<String, String> metadata) {
        this.tensors = new TreeMap<>(tensors);
        Map<String, Object> tree = new LinkedHashMap<>();
        if (!metadata.isEmpty()) {
            tree.put(TensorSlot.METADATA, metadata);
        }
        long at = 0;
        for (Map.Entry<String, StoredTensor> entry : this.tensors.entrySet()) {
            TensorSlot.requireName(entry.getKey());
            long end = at + (long) entry.getValue().values().length * Float.BYTES;
            tree.put(
                    entry.getKey(),
                    new TensorSlot(entry.getKey(), entry.getValue().shape(), at, end).tree());
            at = end;
        }
        this.header = padded(json.write(tree, false));
        this.size = Long.BYTES + header.length + at;
    }

    private static byte[] padded(byte[] text) {
        int length = (text.length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
        byte[] padded = Arrays.copyOf(text, length);
        Arrays.fill(padded, text.length, length, (byte) ' ');
        return padded;
    }

    /** How many bytes {@link #writeTo} writes. */
    long size() {
        return size;
    }

    void writeTo(OutputStream out) throws IOException {
        byte[] chunk = new byte[CHUNK];
        ByteBuffer buffer = littleEndian(chunk).putLong(0, header.length);
        out.write(chunk, 0, Long.BYTES);
        out.write(header);
        FloatBuffer floats = buffer.asFloatBuffer();
        for (StoredTensor tensor : tensors.values()) {
            float[] values = tensor.values();
            for (int at = 0; at < values.length; at += floats.capacity()) {
                int count = Math.min(floats.capacity(), values.length - at);
                floats.clear().put(values, at, count);
                out.write(chunk, 0, count * Float.BYTES);
            }
        }
    }

    private static ByteBuffer littleEndian(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * Reads what {@link #writeTo} or another writer of the format wrote.
     *
     * @param size the bytes there are; memory is taken for no more than these
     * @throws IOException if they are not of the form
     */
    static Map<String, StoredTensor> read(InputStream in, long size) throws IOException {
        byte[] chunk = new byte[CHUNK];
        readFully(in, chunk, Long.BYTES);
        long length = littleEndian(chunk).getLong(0);
        if (length < 2 || length > LONGEST_HEADER || length > size - Long.BYTES) {
            throw new IOException("a header of " + Long.toUnsignedString(length) + " bytes in " + size);
        }
        byte[] header = new byte[(int) length];
        readFully(in, header, header.length);
        Map<String, StoredTensor> tensors = new LinkedHashMap<>();
        for (TensorSlot slot : TensorSlot.all(new JsonTree().read(header), size - Long.BYTES - length)) {
            float[] values = new float[(int) ((slot.end() - slot.begin()) / Float.BYTES)];
            readFloats(in, chunk, values);
            tensors.put(slot.name(), new StoredTensor(slot.shape(), values));
        }
        return tensors;
    }

    private static void readFloats(InputStream in, byte[] chunk, float[] values) throws IOException {
        FloatBuffer floats = littleEndian(chunk).asFloatBuffer();
        for (int at = 0; at < values.length; at += floats.capacity()) {
            int count = Math.min(floats.capacity(), values.length - at);
            readFully(in, chunk, count * Float.BYTES);
            floats.clear().get(values, at, count);
        }
    }

    private static void readFully(InputStream in, byte[] bytes, int count) throws IOException {
        if (in.readNBytes(bytes, 0, count) < count) {
            throw new EOFException("the weights end early");
        }
    }
}
