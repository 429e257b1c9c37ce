package org.metafusion.onnx.export;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.metafusion.onnx.graph.GraphMath;
import org.metafusion.onnx.graph.OnnxGraph;
import org.metafusion.onnx.graph.Value;

/** The operators without parameters: concatenation, and those that join every pair of representations in order. */
final class PairwiseEmitters {

    private PairwiseEmitters() {}

    private interface Pair {
        Term term(int left, int right);
    }

    static List<Term> concatenation(FusionInputs inputs) {
        return IntStream.of(inputs.from(0))
                .mapToObj(i -> Term.of(inputs.source(i)))
                .toList();
    }

    /** {@code F_j = x_j z_j}, then {@code F_(d+j) = x_j z_(d-1-j)}. */
    static List<Term> product(FusionInputs inputs) {
        GraphMath math = inputs.math();
        return pairs(inputs, (left, right) -> {
            Value x = inputs.source(left);
            Value z = inputs.source(right);
            long last = inputs.width(right) - 1L;
            Value reversed = math.columns(
                    z, LongStream.rangeClosed(0, last).map(j -> last - j).toArray());
            return Term.of(math.beside(List.of(math.multiply(x, z), math.multiply(x, reversed))));
        });
    }

    /** {@code F_(a,b) = x_a z_b}. */
    static List<Term> tensor(FusionInputs inputs) {
        return pairs(
                inputs,
                (left, right) ->
                        Term.outer(inputs.source(left), inputs.width(left), inputs.source(right), inputs.width(right)));
    }

    /** {@code F_(a,b) = [x;1]_a [z;1]_b}. */
    static List<Term> augmentedTensor(FusionInputs inputs) {
        List<Value> augmented = IntStream.of(inputs.from(0))
                .mapToObj(i -> withOne(inputs.math().graph(), inputs.source(i)))
                .toList();
        return pairs(
                inputs,
                (left, right) -> Term.outer(
                        augmented.get(left), inputs.width(left) + 1, augmented.get(right), inputs.width(right) + 1));
    }

    /** {@code [x;1]}: a column after the last one. */
    private static Value withOne(OnnxGraph graph, Value x) {
        return graph.node("Pad", Map.of(), x, graph.integers(0, 0, 0, 1), graph.constant(1f));
    }

    private static List<Term> pairs(FusionInputs inputs, Pair pair) {
        List<Term> terms = new ArrayList<>();
        for (int left = 0; left < inputs.count(); left++) {
            for (int right = left + 1; right < inputs.count(); right++) {
                terms.add(pair.term(left, right));
            }
        }
        return terms;
    }
}
