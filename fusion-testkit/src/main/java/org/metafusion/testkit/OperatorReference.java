package org.metafusion.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.metafusion.core.tensor.Activation;

/**
 * The terms of one student's fusion operators in double precision, straight from the formulas of their documentation, of
 * the representations and the operator's own parameters in the order it lists them.
 */
public final class OperatorReference {

    private OperatorReference() {}

    /** The terms of an operator named as in {@code org.metafusion.core.fusion}, whatever its width. */
    public static List<Matrix> terms(String name, List<Matrix> inputs, List<Matrix> parameters) {
        if (name.startsWith("low-rank")) {
            return List.of(lowRank(inputs, parameters));
        }
        return switch (name.replaceFirst("\\d+$", "")) {
            case "concatenation" -> inputs;
            case "product" -> pairs(inputs, FusionReference::productForward);
            case "tensor" -> pairs(inputs, (x, y) -> FusionReference.tensorForward(x, y, false));
            case "tensor-augmented" -> pairs(inputs, (x, y) -> FusionReference.tensorForward(x, y, true));
            case "mean" -> List.of(mean(inputs, parameters));
            case "factorised" ->
                List.of(factorised(
                        inputs, parameters, Matrix.filled(inputs.get(0).rows(), inputs.size(), 1.0 / inputs.size())));
            case "gated" -> List.of(gated(inputs, parameters));
            case "attention" -> List.of(attention(inputs, parameters));
            case "film" -> List.of(film(inputs, parameters));
            default -> throw new IllegalArgumentException("No reference for fusion operator '" + name + "'");
        };
    }

    private interface Pairing {
        Matrix fuse(Matrix left, Matrix right);
    }

    private static List<Matrix> pairs(List<Matrix> inputs, Pairing pairing) {
        List<Matrix> terms = new ArrayList<>();
        for (int i = 0; i < inputs.size(); i++) {
            for (int j = i + 1; j < inputs.size(); j++) {
                terms.add(pairing.fuse(inputs.get(i), inputs.get(j)));
            }
        }
        return terms;
    }

    private static Matrix dense(List<Matrix> inputs, List<Matrix> weights, Matrix bias) {
        Matrix sum = DenseReference.bias(inputs.get(0).rows(), bias);
        for (int i = 0; i < inputs.size(); i++) {
            sum = DenseReference.multiply(sum, inputs.get(i), weights.get(i));
        }
        return sum;
    }

    /** {@code sum over r of prod over m of ([x_m ; 1] F_m^(r)) + bias}: factor and its row of ones for each, then bias. */
    private static Matrix lowRank(List<Matrix> x, List<Matrix> p) {
        int last = p.size() - 1;
        Matrix out = DenseReference.bias(x.get(0).rows(), p.get(last));
        for (int i = 0; i < out.rows(); i++) {
            for (int c = 0; c < p.get(0).cols(); c++) {
                double product = 1;
                for (int m = 0; m < x.size(); m++) {
                    double factor = p.get(2 * m + 1).get(0, c);
                    for (int k = 0; k < x.get(m).cols(); k++) {
                        factor += x.get(m).get(i, k) * p.get(2 * m).get(k, c);
                    }
                    product *= factor;
                }
                out.add(i, c % out.cols(), product);
            }
        }
        return out;
    }

    private static Matrix mean(List<Matrix> x, List<Matrix> p) {
        int count = x.size();
        return dense(x, p.subList(0, count), p.get(count)).map(sum -> sum / count);
    }

    /** {@code x_m P_m + b_m}. */
    private static Matrix projection(int m, List<Matrix> x, List<Matrix> p) {
        return dense(List.of(x.get(m)), List.of(p.get(2 * m)), p.get(2 * m + 1));
    }

    /** The mean of the projections of what is there: {@code presence} has their shares by row. */
    static Matrix factorised(List<Matrix> x, List<Matrix> p, Matrix presence) {
        return weightedSum(
                x.size(),
                m -> projection(m, x, p),
                m -> GateReference.gateRows(ones(x, p.get(0).cols()), presence, m));
    }

    private static Matrix gated(List<Matrix> x, List<Matrix> p) {
        int count = x.size();
        return weightedSum(count, m -> projection(m, x, p), m -> {
            int first = 2 * count + m * (count + 1);
            return DenseReference.activate(
                    dense(x, p.subList(first, first + count), p.get(first + count)), Activation.SIGMOID);
        });
    }

    private static Matrix attention(List<Matrix> x, List<Matrix> p) {
        int count = x.size();
        Matrix scores = dense(x, p.subList(2 * count, 3 * count), p.get(3 * count));
        Matrix weights = DenseReference.activate(scores, Activation.SOFTMAX);
        return weightedSum(
                count,
                m -> projection(m, x, p),
                m -> GateReference.gateRows(ones(x, p.get(0).cols()), weights, m));
    }

    private static Matrix ones(List<Matrix> x, int width) {
        return Matrix.filled(x.get(0).rows(), width, 1);
    }

    private static Matrix weightedSum(int count, IntFunction<Matrix> values, IntFunction<Matrix> weights) {
        Matrix first = GateReference.gate(values.apply(0), weights.apply(0));
        return IntStream.range(1, count)
                .boxed()
                .reduce(first, (sum, m) -> GateReference.addGated(sum, values.apply(m), weights.apply(m)), (a, b) -> {
                    throw new IllegalStateException("in order");
                });
    }

    private static Matrix film(List<Matrix> x, List<Matrix> p) {
        List<Matrix> others = x.subList(1, x.size());
        int shift = 2 + x.size();
        Matrix scale = dense(others, p.subList(2, shift - 1), p.get(shift - 1));
        Matrix beta = dense(others, p.subList(shift, shift + others.size()), p.get(shift + others.size()));
        return GateReference.addGated(beta, projection(0, x, p), scale);
    }
}
