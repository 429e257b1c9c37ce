package org.metafusion.onnx.encoder;

import java.util.Map;
import org.metafusion.core.FusionException;

/**
 * The bytes of an ONNX file as a stored state can hold them, which is an array of float32: three bytes a number, the first
 * the highest, since all whole numbers below 2^24 are float32; before them how many bytes there are, as two such numbers.
 */
final class StoredGraph {

    /** Its name in a stored state. */
    static final String KEY = "graph";

    /** Larger files are not stored: every model would hold them. */
    static final int LARGEST = 64 << 20;

    private static final int BASE = 1 << 24;
    private static final int AHEAD = 2;

    private StoredGraph() {}

    static float[] pack(byte[] graph) {
        float[] packed = new float[AHEAD + (graph.length + 2) / 3];
        packed[0] = graph.length / BASE;
        packed[1] = graph.length % BASE;
        for (int i = 0; i < graph.length; i += 3) {
            packed[AHEAD + i / 3] = at(graph, i) << 16 | at(graph, i + 1) << 8 | at(graph, i + 2);
        }
        return packed;
    }

    private static int at(byte[] bytes, int place) {
        return place < bytes.length ? bytes[place] & 0xFF : 0;
    }

    /**
     * The bytes again.
     *
     * @param encoder for messages
     * @throws FusionException if this is not what {@link #pack} gave
     */
    static byte[] unpack(String encoder, float[] packed) {
        long length = packed.length < AHEAD ? -1 : (long) packed[0] * BASE + (long) packed[1];
        if (length < 0 || length > LARGEST || packed.length != AHEAD + (length + 2) / 3) {
            throw changed(encoder);
        }
        byte[] graph = new byte[(int) length];
        for (int i = 0; i < graph.length; i++) {
            float number = packed[AHEAD + i / 3];
            if (!(number >= 0 && number < BASE)) {
                throw changed(encoder);
            }
            graph[i] = (byte) ((int) number >> 8 * (2 - i % 3));
        }
        return graph;
    }

    /**
     * The bytes within a state, as they were when the model was fitted.
     *
     * @throws FusionException if they were changed since
     */
    static byte[] of(String encoder, Map<String, float[]> state) {
        float[] packed = state.getOrDefault(KEY, new float[0]);
        byte[] graph = unpack(encoder, packed);
        if (!GraphHash.of(graph).isOf(state.getOrDefault(GraphHash.KEY, new float[0]))) {
            throw changed(encoder);
        }
        return graph;
    }

    private static FusionException changed(String encoder) {
        return new FusionException("The ONNX file that the model holds for encoder '" + encoder
                + "' is not the one it was fitted with; the model file was changed");
    }
}
