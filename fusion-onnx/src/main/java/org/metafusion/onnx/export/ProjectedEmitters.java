package org.metafusion.onnx.export;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.metafusion.onnx.graph.GraphMath;
import org.metafusion.onnx.graph.Value;

/** The operators that project the representations first; each takes its affine maps in the operator's order. */
final class ProjectedEmitters {

    private ProjectedEmitters() {}

    /** {@code 1/M (b + sum of x_m P_m)}. */
    static List<Term> mean(FusionInputs inputs) {
        GraphMath math = inputs.math();
        return term(math.multiply(inputs.map(inputs.from(0)), math.graph().constant(1f / inputs.count())));
    }

    /** The mean over the modalities that are there of {@code x_m P_m + b_m}. */
    static List<Term> factorised(FusionInputs inputs) {
        List<Value> present = IntStream.of(inputs.from(0))
                .mapToObj(inputs::projection)
                .flatMap(Optional::stream)
                .toList();
        return term(inputs.math().mean(present));
    }

    /** {@code sum of h_m sigmoid(c_m + sum of x_j G_jm)}. */
    static List<Term> gated(FusionInputs inputs) {
        GraphMath math = inputs.math();
        List<Value> projections = projections(inputs);
        List<Value> parts = new ArrayList<>();
        for (Value projection : projections) {
            Value gate = math.graph().node("Sigmoid", inputs.map(inputs.from(0)));
            parts.add(math.multiply(projection, gate));
        }
        return term(math.sum(parts));
    }

    /** {@code sum of a_m h_m}, {@code a = softmax(c + sum of x_j S_j)}. */
    static List<Term> attention(FusionInputs inputs) {
        GraphMath math = inputs.math();
        List<Value> projections = projections(inputs);
        Value weights = math.softmax(inputs.map(inputs.from(0)));
        List<Value> parts = new ArrayList<>();
        for (int m = 0; m < projections.size(); m++) {
            parts.add(math.multiply(projections.get(m), math.columns(weights, m)));
        }
        return term(math.sum(parts));
    }

    /** {@code gamma h_1 + beta}; both are maps of all representations but the first. */
    static List<Term> film(FusionInputs inputs) {
        GraphMath math = inputs.math();
        Value modulated = inputs.map(0);
        Value gamma = inputs.map(inputs.from(1));
        return term(math.add(math.multiply(gamma, modulated), inputs.map(inputs.from(1))));
    }

    /** {@code b + sum over r of prod over m of [x_m;1] F_m^(r)}; a factor has its ranks side by side. */
    static List<Term> lowRank(FusionInputs inputs) {
        GraphMath math = inputs.math();
        Value product = inputs.map(0);
        for (int m = 1; m < inputs.count(); m++) {
            product = math.multiply(product, inputs.map(m));
        }
        int width = inputs.termWidth();
        Value byRank = math.reshaped(product, -1, inputs.mapWidth() / width, width);
        Value summed = math.graph()
                .node("ReduceSum", Map.of("keepdims", 0L), byRank, math.graph().integers(1));
        return term(math.add(summed, inputs.bias()));
    }

    private static List<Value> projections(FusionInputs inputs) {
        return IntStream.of(inputs.from(0)).mapToObj(m -> inputs.map(m)).toList();
    }

    private static List<Term> term(Value value) {
        return List.of(Term.of(value));
    }
}
