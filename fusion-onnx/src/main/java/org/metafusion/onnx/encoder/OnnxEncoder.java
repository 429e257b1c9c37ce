package org.metafusion.onnx.encoder;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.metafusion.core.FusionException;
import org.metafusion.core.representation.Extraction;
import org.metafusion.core.representation.ExtractionRows;
import org.metafusion.core.representation.FeatureExtractor;
import org.metafusion.core.representation.FeatureUnits;
import org.metafusion.core.representation.FittedExtractor;
import org.metafusion.onnx.runtime.FloatRows;
import org.metafusion.onnx.runtime.OnnxSession;
import org.metafusion.onnx.runtime.TensorShape;

/**
 * A pretrained encoder in an ONNX file as a representation: what the graph says about a modality's features, which it gets
 * in their own unit.
 *
 * <pre>{@code
 * OnnxEncoder clip = OnnxEncoder.of("clip", Path.of("clip.onnx"));
 * MetaFusion fusion = MetaFusion.configure().extractor(clip).options(...).build(); // representations image = [raw, clip]
 * }</pre>
 *
 * <p>The graph has one input of float32 whose first extent counts rows; a row's other extents are filled with the features in
 * row-major order. The representation is one output of float32, flattened likewise.
 *
 * <p>A stored model holds the file of up to 64 MiB, and its check sum, so it is loaded wherever {@code fusion-onnx} is. Of a
 * larger one it holds the check sum alone: it is loaded only where an encoder of the same name is registered with the same
 * file. Close it after the models that use it; one that nobody uses any more is closed in time.
 */
public final class OnnxEncoder implements FeatureExtractor, AutoCloseable {

    private final String name;
    private final OnnxSession session;
    private final byte[] graph;
    private final GraphHash hash;
    private final String input;
    private final String output;

    private OnnxEncoder(String name, byte[] graph, OnnxSession session, String wanted) {
        this.name = name;
        this.session = session;
        this.graph = graph;
        this.hash = GraphHash.of(graph);
        this.input = input(name, session);
        this.output = output(name, session, wanted);
    }

    /**
     * The encoder of a file whose graph has one output.
     *
     * @param name by which representations refer to it
     * @throws FusionException if the file cannot be read or its graph is no encoder
     */
    public static OnnxEncoder of(String name, Path file) {
        return of(name, file, "");
    }

    /**
     * The encoder that one output of a file's graph is.
     *
     * @param output its name; empty for the only one
     * @throws FusionException if the file cannot be read or its graph is no encoder
     */
    public static OnnxEncoder of(String name, Path file, String output) {
        return of(name, bytes(name, file), "encoder '" + name + "' (" + file + ")", output);
    }

    private static OnnxEncoder of(String name, byte[] graph, String words, String output) {
        OnnxSession session = OnnxSession.of(words, graph);
        try {
            return new OnnxEncoder(name, graph, session, output);
        } catch (RuntimeException e) {
            session.close();
            throw e;
        }
    }

    /** The encoder whose file a model holds in what was stored of it; empty where it holds none. */
    static Optional<FeatureExtractor> stored(String name, Map<String, float[]> state) {
        return state.containsKey(StoredGraph.KEY)
                ? Optional.of(of(
                        name,
                        StoredGraph.of(name, state),
                        "encoder '" + name + "' of the model",
                        OutputName.read(state.getOrDefault(OutputName.KEY, new float[0]))))
                : Optional.empty();
    }

    /** Whether a representation comes from an ONNX file. */
    public static boolean isBehind(FittedExtractor fitted) {
        return fitted instanceof Fitted;
    }

    private static byte[] bytes(String name, Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new FusionException(
                    "Encoder '" + name + "' cannot be read from " + file + " ("
                            + e.getClass().getSimpleName() + "); check the path",
                    e);
        }
    }

    private static String input(String name, OnnxSession session) {
        if (session.inputNames().size() != 1 || session.inputs().size() != 1) {
            throw new FusionException("Encoder '" + name + "' needs a graph of one float32 input but it has inputs "
                    + session.inputNames() + ", of float32 " + session.inputs().keySet()
                    + "; export the part that takes features alone");
        }
        Map.Entry<String, TensorShape> only =
                session.inputs().entrySet().iterator().next();
        if (!only.getValue().hasWidth()) {
            throw new FusionException("Encoder '" + name + "' takes '" + only.getKey() + "' of shape " + only.getValue()
                    + "; all extents but the first must be fixed, so export it for one size of input");
        }
        return only.getKey();
    }

    private static String output(String name, OnnxSession session, String wanted) {
        Map<String, TensorShape> outputs = session.outputs();
        if (wanted.isEmpty() ? outputs.size() != 1 : !outputs.containsKey(wanted)) {
            throw new FusionException("Encoder '" + name + "' has the float32 outputs " + outputs.keySet()
                    + (wanted.isEmpty()
                            ? "; name one: file.onnx#output in cohort.encoders, or OnnxEncoder.of(name, file, output)"
                            : " but no '" + wanted + "'"));
        }
        String output = wanted.isEmpty() ? outputs.keySet().iterator().next() : wanted;
        TensorShape shape = outputs.get(output);
        if (shape == null || !shape.hasWidth()) {
            throw new FusionException("Encoder '" + name + "' gives '" + output + "' of shape " + shape
                    + "; all extents but the first must be fixed, so export it with a pooled output");
        }
        return output;
    }

    private static int width(Map<String, TensorShape> shapes, String of) {
        return java.util.Objects.requireNonNull(shapes.get(of)).width();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public OptionalInt ownWidth() {
        return OptionalInt.of(width(session.outputs(), output));
    }

    /** Learns nothing but how the features were standardised. */
    @Override
    public List<FittedExtractor> fit(ExtractionRows rows, List<Extraction> wanted) {
        List<FittedExtractor> fitted = new ArrayList<>();
        for (Extraction extraction : wanted) {
            fitted.add(fitted(rows.units().get(extraction.modality())));
        }
        return fitted;
    }

    private FittedExtractor fitted(FeatureUnits units) {
        int takes = width(session.inputs(), input);
        if (units.mean().length != takes) {
            throw new FusionException("Encoder '" + name + "' takes " + takes + " features a row but the modality has "
                    + units.mean().length + "; name it under the modality it is for");
        }
        return new Fitted(units);
    }

    @Override
    public FittedExtractor restore(Map<String, float[]> state) {
        hash.requireSame(name, array(state, GraphHash.KEY));
        return fitted(new FeatureUnits(array(state, "mean"), array(state, "scale")));
    }

    private float[] array(Map<String, float[]> state, String array) {
        float[] values = state.get(array);
        if (values == null) {
            throw new FusionException("A stored '" + name + "' has no '" + array + "', so it was no ONNX encoder;"
                    + " register the extractor that the model was fitted with");
        }
        return values;
    }

    /** The encoder on standardised rows. */
    private final class Fitted implements FittedExtractor {

        private final FeatureUnits units;

        Fitted(FeatureUnits units) {
            this.units = units;
        }

        @Override
        public int width() {
            return ownWidth().orElseThrow();
        }

        @Override
        public float[] apply(float[] values, int rows) {
            if (rows == 0) {
                return new float[0];
            }
            return session.run(Map.of(input, new FloatRows(units.restored(values), rows)), output)
                    .values();
        }

        @Override
        public Map<String, float[]> state() {
            Map<String, float[]> state = new TreeMap<>(Map.of(
                    GraphHash.KEY,
                    hash.stored(),
                    OutputName.KEY,
                    OutputName.stored(output),
                    "mean",
                    units.mean(),
                    "scale",
                    units.scale()));
            if (graph.length <= StoredGraph.LARGEST) {
                state.put(StoredGraph.KEY, StoredGraph.pack(graph));
            }
            return state;
        }
    }

    @Override
    public void close() {
        session.close();
    }
}
