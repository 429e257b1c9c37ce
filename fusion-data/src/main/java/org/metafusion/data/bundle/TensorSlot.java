package org.metafusion.data.bundle;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * Where in the data of a safetensors file a float32 tensor lies.
 *
 * @param begin the first byte, counted from the end of the header
 * @param end one past the last byte
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record TensorSlot(String name, int[] shape, long begin, long end) {

    /** The header's entry that is no tensor. */
    static final String METADATA = "__metadata__";

    static void requireName(String name) {
        if (name.equals(METADATA)) {
            throw new IllegalArgumentException("The tensor name " + METADATA + " is taken by the safetensors format");
        }
    }

    Map<String, Object> tree() {
        List<Object> extents = new ArrayList<>();
        for (int extent : shape) {
            extents.add(extent);
        }
        return Map.of("dtype", "F32", "shape", extents, "data_offsets", List.of(begin, end));
    }

    /**
     * The slots of a header, by position; they must fill the data without gap or overlap.
     *
     * @throws IOException if they do not, or a tensor is not float32 or too large for an array
     */
    static List<TensorSlot> all(Map<String, Object> header, long dataBytes) throws IOException {
        List<TensorSlot> slots = new ArrayList<>();
        for (Map.Entry<String, Object> entry : header.entrySet()) {
            if (!entry.getKey().equals(METADATA)) {
                slots.add(of(entry.getKey(), entry.getValue()));
            }
        }
        slots.sort(Comparator.comparingLong(TensorSlot::begin).thenComparingLong(TensorSlot::end));
        long at = 0;
        for (TensorSlot slot : slots) {
            if (slot.begin != at) {
                throw new IOException(
                        "tensor '" + slot.name + "' starts at byte " + slot.begin + " but should at " + at);
            }
            at = slot.end;
        }
        if (at != dataBytes) {
            throw new IOException("the tensors take " + at + " bytes but there are " + dataBytes);
        }
        return slots;
    }

    private static TensorSlot of(String name, Object value) throws IOException {
        if (!(value instanceof Map<?, ?> map)
                || !(map.get("shape") instanceof List<?> shape)
                || !(map.get("data_offsets") instanceof List<?> offsets)
                || offsets.size() != 2) {
            throw new IOException("tensor '" + name + "' has no shape and data_offsets");
        }
        if (!"F32".equals(map.get("dtype"))) {
            throw new IOException("tensor '" + name + "' is of type " + map.get("dtype") + " but must be F32");
        }
        int[] extents = new int[shape.size()];
        long size = 1;
        for (int i = 0; i < extents.length; i++) {
            extents[i] = (int) whole(name, shape.get(i), Integer.MAX_VALUE);
            size *= extents[i]; // at most 2^62: it was at most 2^31 before
            if (size > Integer.MAX_VALUE - 8) {
                throw new IOException("tensor '" + name + "' has more values than an array takes");
            }
        }
        long begin = whole(name, offsets.get(0), Long.MAX_VALUE);
        long end = whole(name, offsets.get(1), Long.MAX_VALUE);
        if (end - begin != size * Float.BYTES) {
            throw new IOException("tensor '" + name + "' takes " + size * Float.BYTES + " bytes by its shape but "
                    + (end - begin) + " by its data_offsets");
        }
        return new TensorSlot(name, extents, begin, end);
    }

    private static long whole(String name, Object value, long most) throws IOException {
        if ((value instanceof Integer || value instanceof Long)
                && ((Number) value).longValue() >= 0
                && ((Number) value).longValue() <= most) {
            return ((Number) value).longValue();
        }
        throw new IOException("tensor '" + name + "' has a size or offset of " + value);
    }
}
