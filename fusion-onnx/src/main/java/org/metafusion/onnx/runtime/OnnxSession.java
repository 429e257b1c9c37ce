package org.metafusion.onnx.runtime;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import java.lang.ref.Cleaner;
import java.lang.ref.Reference;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.metafusion.core.FusionException;

/**
 * An ONNX graph ready to run on the CPU by <a href="https://onnxruntime.ai">ONNX Runtime</a>, which computes it exactly as other
 * languages do. Thread-safe; close it to free its memory.
 *
 * <p>Inputs and outputs are rows of float32: tensors whose first extent counts rows. Rows are computed in chunks of
 * {@value #CHUNK}, or of as many as the graph declares.
 */
public final class OnnxSession implements AutoCloseable {

    private static final int CHUNK = 256;

    /** Of sessions that nobody closed: encoders that configurations and models name have no owner. */
    private static final Cleaner CLEANER = Cleaner.create();

    private final String name;
    private final OrtEnvironment environment;
    private final OrtSession session;
    private final Cleaner.Cleanable closing;
    private final Map<String, TensorShape> inputs;
    private final Map<String, TensorShape> outputs;

    private OnnxSession(String name, OrtEnvironment environment, OrtSession session) throws OrtException {
        this.name = name;
        this.environment = environment;
        this.session = session;
        this.closing = CLEANER.register(this, () -> close(name, session));
        this.inputs = shapes(session.getInputInfo());
        this.outputs = shapes(session.getOutputInfo());
    }

    /**
     * The graph of an ONNX file's bytes.
     *
     * @param name for messages, such as the file's
     * @throws FusionException if it is no such graph, or ONNX Runtime does not run on this machine
     */
    public static OnnxSession of(String name, byte[] graph) {
        OrtEnvironment environment = environment();
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            return new OnnxSession(name, environment, environment.createSession(graph, options));
        } catch (OrtException e) {
            throw new FusionException("ONNX Runtime cannot read " + name + ": " + line(e), e);
        }
    }

    private static OrtEnvironment environment() {
        try {
            return OrtEnvironment.getEnvironment();
        } catch (LinkageError e) {
            throw new FusionException(
                    "ONNX Runtime does not run on this machine (" + System.getProperty("os.name") + " "
                            + System.getProperty("os.arch") + "): " + e
                            + "; use Linux or macOS on x86-64 or ARM64, or Windows on x86-64",
                    e);
        }
    }

    private static String line(OrtException e) {
        return String.valueOf(e.getMessage()).replaceAll("\\s+", " ");
    }

    /** Those that hold float32; others are left out. */
    private static Map<String, TensorShape> shapes(Map<String, NodeInfo> infos) {
        Map<String, TensorShape> shapes = new LinkedHashMap<>();
        infos.forEach((key, info) -> {
            if (info.getInfo() instanceof TensorInfo tensor && tensor.type == OnnxJavaType.FLOAT) {
                shapes.put(key, new TensorShape(tensor.getShape()));
            }
        });
        return shapes;
    }

    /** All inputs of the graph by name. */
    public Set<String> inputNames() {
        return session.getInputNames();
    }

    /** The inputs of float32, in the graph's order. */
    public Map<String, TensorShape> inputs() {
        return inputs;
    }

    /** The outputs of float32, in the graph's order. */
    public Map<String, TensorShape> outputs() {
        return outputs;
    }

    /**
     * One output for rows of all inputs.
     *
     * @param rows one entry an input, all of the same number of rows
     * @throws FusionException if the graph cannot compute them
     */
    public FloatRows run(Map<String, FloatRows> rows, String output) {
        int count = rows.values().iterator().next().rows();
        int chunk = rows.keySet().stream()
                .map(key -> shape(key).rowsAtOnce(CHUNK))
                .min(Integer::compare)
                .orElseThrow();
        float[] all = {};
        int width = 0;
        for (int from = 0; from < count; from += chunk) {
            float[] values = runChunk(rows, from, chunk, output);
            int taken = Math.min(chunk, count - from);
            if (from == 0) {
                width = values.length / chunkRows(rows, chunk, taken);
                all = new float[count * width];
            }
            System.arraycopy(values, 0, all, from * width, taken * width);
        }
        return new FloatRows(all, count);
    }

    /** A graph of a fixed number of rows gets that many always, the last ones of zeros. */
    private int chunkRows(Map<String, FloatRows> rows, int chunk, int taken) {
        boolean isFixed = rows.keySet().stream().anyMatch(key -> shape(key).extents()[0] > 0);
        return isFixed ? chunk : taken;
    }

    private TensorShape shape(String input) {
        TensorShape shape = inputs.get(input);
        if (shape == null) {
            throw new IllegalArgumentException(name + " has no float32 input '" + input + "', only " + inputs.keySet());
        }
        return shape;
    }

    private float[] runChunk(Map<String, FloatRows> rows, int from, int chunk, String output) {
        Map<String, OnnxTensor> tensors = new LinkedHashMap<>();
        try {
            for (Map.Entry<String, FloatRows> entry : rows.entrySet()) {
                FloatRows all = entry.getValue();
                int width = all.width();
                int taken = Math.min(chunk, all.rows() - from);
                int given = chunkRows(rows, chunk, taken);
                float[] part = Arrays.copyOf(
                        Arrays.copyOfRange(all.values(), from * width, (from + taken) * width), given * width);
                long[] extents = shape(entry.getKey()).of(given);
                tensors.put(entry.getKey(), OnnxTensor.createTensor(environment, FloatBuffer.wrap(part), extents));
            }
            try (OrtSession.Result result = session.run(tensors, Set.of(output))) {
                return floats((OnnxTensor) result.get(0));
            }
        } catch (OrtException e) {
            throw new FusionException("ONNX Runtime cannot run " + name + ": " + line(e), e);
        } finally {
            tensors.values().forEach(OnnxTensor::close);
            Reference.reachabilityFence(this); // Else it could be closed while it runs.
        }
    }

    private static float[] floats(OnnxTensor tensor) {
        FloatBuffer buffer = tensor.getFloatBuffer();
        float[] values = new float[buffer.remaining()];
        buffer.get(values);
        return values;
    }

    @Override
    public void close() {
        closing.clean();
    }

    private static void close(String name, OrtSession session) {
        try {
            session.close();
        } catch (OrtException e) {
            throw new IllegalStateException("ONNX Runtime could not close " + name, e);
        }
    }
}
