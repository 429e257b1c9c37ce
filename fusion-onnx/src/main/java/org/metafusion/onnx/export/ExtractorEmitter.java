package org.metafusion.onnx.export;

import java.util.Map;
import java.util.Objects;
import org.metafusion.core.FusionException;
import org.metafusion.core.representation.AffineMap;
import org.metafusion.core.representation.FittedExtractor;
import org.metafusion.onnx.encoder.OnnxEncoder;
import org.metafusion.onnx.graph.GraphMath;
import org.metafusion.onnx.graph.GraphMath.UnitLength;
import org.metafusion.onnx.graph.OnnxGraph.Type;
import org.metafusion.onnx.graph.Value;
import org.metafusion.training.forest.ForestExtractor;
import org.metafusion.training.representation.FourierExtractor;
import org.metafusion.training.representation.KernelPcaExtractor;

/**
 * Frozen representations as nodes of a graph: affine maps and dense encoders, whoever fitted them, and MetaFusion's own
 * kernel components, random features and forests, from the state that they are stored with.
 *
 * <p>Distances and angles are computed in double precision, as the model does: squared distances cancel, and the Laplacian
 * kernel's root of them would show what is lost in single precision.
 */
record ExtractorEmitter(GraphMath math) {

    /** Of q in the Gaussian kernel. */
    private static final double GAUSSIAN_FACTOR = -2;

    /**
     * A representation.
     *
     * @param name its weights' names begin with
     * @param extractor the extractor's name
     * @param x the standardised features
     * @throws FusionException if the extractor has no form in a graph
     */
    Value representation(String name, String extractor, FittedExtractor fitted, Value x) {
        if (fitted.affine().isPresent()) {
            return math.dense(x, name, fitted.affine().get());
        }
        if (fitted.encoder().isPresent()) {
            return math.encoder(x, name, fitted.encoder().get(), UnitLength.FROZEN);
        }
        return switch (extractor) {
            case FourierExtractor.NAME -> fourier(name, fitted.state(), x);
            case KernelPcaExtractor.GAUSSIAN -> kernelComponents(name, fitted.state(), x, false);
            case KernelPcaExtractor.LAPLACIAN -> kernelComponents(name, fitted.state(), x, true);
            case ForestExtractor.NAME -> new ForestEmitter(math).forest(name, fitted.state(), x);
            default -> throw refused(name, extractor, fitted);
        };
    }

    private static FusionException refused(String name, String extractor, FittedExtractor fitted) {
        if (OnnxEncoder.isBehind(fitted)) {
            return new FusionException("Representation '" + name + "' comes from the ONNX file of encoder '" + extractor
                    + "', which is not joined into another graph; export what does not read it with --modalities, or run"
                    + " that file first and fit a model on its output as a modality");
        }
        return new FusionException("Representation '" + name + "' comes from extractor '" + extractor
                + "', which has no ONNX form; let what it fits give an affine() map or an encoder(), or export a model"
                + " fitted without it");
    }

    /** {@code scale (cos(x W + b) - mean)}. */
    private Value fourier(String name, Map<String, float[]> state, Value x) {
        float[] phases = array(state, "phases");
        AffineMap angles = new AffineMap(array(state, "directions"), phases);
        Value directions = wide(name + ".directions", angles.weights(), angles.inputs(), angles.outputs());
        Value sums = math.add(math.product(math.cast(x, Type.DOUBLE), directions), wide(name + ".phases", phases));
        Value cosines = math.graph().node("Cos", math.cast(sums, Type.FLOAT));
        Value centred = math.subtract(cosines, math.graph().weight(name + ".mean", array(state, "mean")));
        return math.multiply(centred, math.graph().weight(name + ".scale", array(state, "scale")));
    }

    /** {@code k(x, landmarks) A + b} with {@code k = exp(-2 q)} or {@code exp(-sqrt(q))}, q = squared distance / unit. */
    private Value kernelComponents(String name, Map<String, float[]> state, Value x, boolean laplacian) {
        float[] bias = array(state, "bias");
        float[] coefficients = array(state, "coefficients");
        float[] landmarks = array(state, "landmarks");
        int count = coefficients.length / bias.length;
        int inputs = landmarks.length / count;
        Value rows = math.cast(x, Type.DOUBLE);
        Value lengths = math.graph().weight(name + ".lengths", squaredLengths(landmarks, count), count);
        Value places = wide(name + ".landmarks", landmarks, count, inputs);
        Value crossed = math.graph().node("Gemm", Map.of("alpha", -2f, "transB", 1L), rows, places, lengths);
        Value distance = math.graph()
                .node(
                        "Max",
                        math.add(crossed, math.squaredLength(rows)),
                        math.graph().constant(0.0));
        Value unit = math.graph().constant((double) array(state, "unit")[0]);
        Value similar = math.cast(kernel(math.divide(distance, unit), laplacian), Type.FLOAT);
        Value components = math.product(
                math.cast(similar, Type.DOUBLE), wide(name + ".coefficients", coefficients, count, bias.length));
        return math.cast(math.add(components, wide(name + ".bias", bias)), Type.FLOAT);
    }

    private Value kernel(Value q, boolean laplacian) {
        Value exponent = laplacian
                ? math.graph().node("Neg", math.graph().node("Sqrt", q))
                : math.multiply(q, math.graph().constant(GAUSSIAN_FACTOR));
        return math.graph().node("Exp", exponent);
    }

    /** A weight stored in single precision that the graph computes with in double. */
    private Value wide(String name, float[] values, int... shape) {
        return math.cast(math.graph().weight(name, values, shape), Type.DOUBLE);
    }

    private static double[] squaredLengths(float[] rows, int count) {
        int width = rows.length / count;
        double[] lengths = new double[count];
        for (int i = 0; i < rows.length; i++) {
            lengths[i / width] += (double) rows[i] * rows[i];
        }
        return lengths;
    }

    private static float[] array(Map<String, float[]> state, String name) {
        return Objects.requireNonNull(state.get(name), name);
    }
}
