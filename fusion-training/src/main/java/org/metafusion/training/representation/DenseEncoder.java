package org.metafusion.training.representation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.metafusion.core.FusionException;
import org.metafusion.core.representation.AffineMap;
import org.metafusion.core.representation.EncoderLayers;
import org.metafusion.core.representation.FittedExtractor;
import org.metafusion.core.representation.StandardisedRows;

/**
 * A trained network, frozen: dense layers with ReLU after all but the last. Computed on the host in double precision.
 *
 * @param layers one or more, each as wide as the next one's input
 * @param unitLength whether each row is then scaled to length {@code sqrt(width)}, so that features have unit scale
 */
public record DenseEncoder(List<AffineMap> layers, boolean unitLength) implements FittedExtractor {

    private static final double SHORTEST = 1e-12;

    /** The share of its mean square that a constant feature's variance may be by rounding. */
    private static final double ROUNDING = 1e-12;

    public DenseEncoder {
        layers = List.copyOf(layers);
        for (int l = 1; l < layers.size(); l++) {
            if (layers.get(l).inputs() != layers.get(l - 1).outputs()) {
                throw new FusionException("An encoder's layer " + l + " takes "
                        + layers.get(l).inputs() + " inputs but the one before has "
                        + layers.get(l - 1).outputs() + " outputs");
            }
        }
    }

    /** The same encoder with its features centred on {@code rows} and scaled together to a mean variance of 1 there. */
    public DenseEncoder standardisedOn(StandardisedRows rows) {
        float[] features = apply(rows.values(), rows.rows());
        int width = width();
        double[] mean = new double[width];
        for (int i = 0; i < features.length; i++) {
            mean[i % width] += features[i] / (double) rows.rows();
        }
        double variance = 0;
        double square = 0;
        for (int i = 0; i < features.length; i++) {
            double centred = features[i] - mean[i % width];
            variance += centred * centred / features.length;
            square += (double) features[i] * features[i] / features.length;
        }
        double scale = variance > ROUNDING * square ? 1 / Math.sqrt(variance) : 1;
        AffineMap last = layers.get(layers.size() - 1);
        float[] weights = new float[last.weights().length];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = (float) (scale * last.weights()[i]);
        }
        float[] bias = new float[width];
        for (int c = 0; c < width; c++) {
            bias[c] = (float) (scale * (last.bias()[c] - mean[c]));
        }
        List<AffineMap> scaled = new ArrayList<>(layers.subList(0, layers.size() - 1));
        scaled.add(new AffineMap(weights, bias));
        return new DenseEncoder(scaled, unitLength);
    }

    /** The same encoder of features that {@code standardiser} has not seen to yet: its work is part of the first layer. */
    public DenseEncoder after(Standardiser standardiser) {
        AffineMap first = layers.get(0);
        int out = first.outputs();
        float[] weights = new float[first.weights().length];
        double[] offsets = new double[out];
        for (int j = 0; j < first.inputs(); j++) {
            for (int c = 0; c < out; c++) {
                double weight = (double) standardiser.scale()[j] * first.weights()[j * out + c];
                weights[j * out + c] = (float) weight;
                offsets[c] += weight * standardiser.mean()[j];
            }
        }
        float[] bias = new float[out];
        for (int c = 0; c < out; c++) {
            bias[c] = (float) (first.bias()[c] - offsets[c]);
        }
        List<AffineMap> folded = new ArrayList<>(layers);
        folded.set(0, new AffineMap(weights, bias));
        return new DenseEncoder(folded, unitLength);
    }

    @Override
    public int width() {
        return layers.get(layers.size() - 1).outputs();
    }

    @Override
    public float[] apply(float[] values, int rows) {
        float[] x = values;
        for (int l = 0; l < layers.size(); l++) {
            x = RowProducts.affine(x, rows, layers.get(l));
            for (int i = 0; i < x.length && l < layers.size() - 1; i++) {
                x[i] = Math.max(0f, x[i]);
            }
        }
        if (unitLength) {
            scaleRows(x, rows);
        }
        return x;
    }

    private void scaleRows(float[] features, int rows) {
        int width = width();
        double[] squares = RowProducts.squaredLengths(features, rows, width);
        for (int i = 0; i < features.length; i++) {
            features[i] = (float) (features[i] * Math.sqrt(width) / Math.max(SHORTEST, Math.sqrt(squares[i / width])));
        }
    }

    /** Of a single layer. */
    @Override
    public Optional<AffineMap> affine() {
        return layers.size() == 1 && !unitLength ? Optional.of(layers.get(0)) : Optional.empty();
    }

    @Override
    public Optional<EncoderLayers> encoder() {
        return Optional.of(new EncoderLayers(layers, unitLength));
    }

    @Override
    public Map<String, float[]> state() {
        Map<String, float[]> state = new HashMap<>();
        for (int l = 0; l < layers.size(); l++) {
            state.put("weights" + l, layers.get(l).weights());
            state.put("bias" + l, layers.get(l).bias());
        }
        state.put("form", new float[] {layers.size(), unitLength ? 1 : 0});
        return state;
    }

    /**
     * Again from its state.
     *
     * @param name of the extractor, for errors
     * @throws FusionException if an array is missing or the arrays do not fit together
     */
    public static DenseEncoder restore(String name, Map<String, float[]> state) {
        float[] form = StateArrays.get(name, state, "form");
        if (form.length != 2 || !(form[0] >= 1) || form[0] > state.size()) {
            throw new FusionException("A stored '" + name + "' must say how many layers it has and whether rows are"
                    + " scaled but says " + java.util.Arrays.toString(form) + "; store the model again");
        }
        List<AffineMap> layers = new ArrayList<>();
        for (int l = 0; l < (int) form[0]; l++) {
            float[] weights = StateArrays.get(name, state, "weights" + l);
            float[] bias = StateArrays.get(name, state, "bias" + l);
            if (bias.length == 0 || weights.length % bias.length != 0) {
                throw new FusionException("A stored '" + name + "' has " + weights.length + " weights to " + bias.length
                        + " outputs in layer " + l + "; store the model again");
            }
            layers.add(new AffineMap(weights, bias));
        }
        return new DenseEncoder(layers, form[1] == 1);
    }
}
