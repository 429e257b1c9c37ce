package org.metafusion.onnx.export;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.metafusion.core.representation.AffineMap;
import org.metafusion.onnx.graph.GraphMath;
import org.metafusion.onnx.graph.Value;
import org.metafusion.training.network.TrainedCopy;
import org.metafusion.training.network.TrainedCopy.Matrix;

/**
 * What the emitter of a fusion operator works with: a student's representations, and the operator's own matrices, which are
 * taken in the order in which the operator declares them.
 */
final class FusionInputs {

    private final GraphMath math;
    private final String name;
    private final List<Optional<Value>> sources;
    private final TrainedCopy copy;
    private final Iterator<Matrix> own;
    private final Map<String, Value> joined = new HashMap<>();
    private int maps;

    /**
     * Of a student.
     *
     * @param name of the student's operator, which its weights' names begin with
     * @param sources its representations, two or more; empty where the modality is missing
     */
    FusionInputs(GraphMath math, String name, List<Optional<Value>> sources, TrainedCopy copy) {
        this.math = math;
        this.name = name;
        this.sources = sources;
        this.copy = copy;
        this.own = copy.operator().iterator();
    }

    GraphMath math() {
        return math;
    }

    /** The number of representations. */
    int count() {
        return sources.size();
    }

    /** A representation of an operator that needs all. */
    Value source(int i) {
        return sources.get(i)
                .orElseThrow(() -> new IllegalStateException(
                        "Student " + copy.spec().label() + " is asked without a modality it needs"));
    }

    int width(int i) {
        return copy.sources().get(i).width();
    }

    /** The width of the operator's first term. */
    int termWidth() {
        return copy.terms().get(0).rows();
    }

    /** The width of the operator's first map. */
    int mapWidth() {
        return copy.operator().get(0).cols();
    }

    /** The numbers of the representations from one on. */
    int[] from(int first) {
        return IntStream.range(first, count()).toArray();
    }

    /** The next affine map, of one representation; empty where that is missing. */
    Optional<Value> projection(int source) {
        AffineMap map = new AffineMap(own.next().values(), own.next().values());
        String mapName = nextName();
        return sources.get(source).map(x -> math.dense(x, mapName, map));
    }

    /** The next affine map, of some representations: {@code b + sum of x_j W_j}. */
    Value map(int... of) {
        List<Matrix> weights = IntStream.of(of).mapToObj(j -> own.next()).toList();
        float[] values =
                new float[weights.stream().mapToInt(w -> w.values().length).sum()];
        int at = 0;
        for (Matrix weight : weights) {
            System.arraycopy(weight.values(), 0, values, at, weight.values().length);
            at += weight.values().length;
        }
        return math.dense(
                joined(of), nextName(), new AffineMap(values, own.next().values()));
    }

    /** The next map, which has no source: a bias. */
    Value bias() {
        return math.graph().weight(nextName() + ".bias", own.next().values());
    }

    private Value joined(int... of) {
        return joined.computeIfAbsent(
                Arrays.toString(of),
                key -> math.beside(IntStream.of(of).mapToObj(this::source).toList()));
    }

    private String nextName() {
        return name + "." + maps++;
    }

    /** Whether every matrix was taken. */
    boolean isUsedUp() {
        return !own.hasNext();
    }
}
