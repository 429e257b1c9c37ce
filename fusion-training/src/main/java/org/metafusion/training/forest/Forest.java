package org.metafusion.training.forest;

import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.metafusion.core.FusionException;
import org.metafusion.core.representation.FittedExtractor;
import org.metafusion.core.representation.StandardisedRows;
import org.metafusion.training.representation.StateArrays;

/**
 * {@code (g(mean of the trees) - mean) scale} with {@code g(p) = log(p + 0.01)} for classes, {@code g(y) = y} for values. One
 * scale for all features, such that the one that varies most has standard deviation 6 on the rows it was fitted on, as
 * with kernel components.
 */
final class Forest implements FittedExtractor {

    private static final double LEAST_SHARE = 0.01;
    private static final double FIRST_DEVIATION = 6;

    private final Trees trees;
    private final boolean ofClasses;
    private final float[] mean;
    private final float scale;
    private final float[] outOfBag;

    private Forest(Trees trees, boolean ofClasses, float[] mean, float scale, float[] outOfBag) {
        this.trees = trees;
        this.ofClasses = ofClasses;
        this.mean = mean;
        this.scale = scale;
        this.outOfBag = outOfBag;
    }

    /**
     * A forest with features scaled by what it says of the rows it grew on.
     *
     * @param bags for each tree the rows that are not out of its bag
     */
    static Forest scaled(Trees trees, boolean ofClasses, StandardisedRows rows, BitSet[] bags) {
        int outputs = trees.outputs();
        double[] said = outOfBag(trees, rows, bags);
        transform(said, ofClasses);
        int count = count(said) / outputs;
        if (count == 0) {
            Forest inBag = scaled(trees, ofClasses, rows, noBags(bags.length));
            return new Forest(trees, ofClasses, inBag.mean, inBag.scale, new float[said.length]);
        }
        double[] mean = new double[outputs];
        double[] squares = new double[outputs];
        for (int i = 0; i < said.length; i++) {
            mean[i % outputs] += Double.isNaN(said[i]) ? 0 : said[i] / count;
        }
        for (int i = 0; i < said.length; i++) {
            double centred = Double.isNaN(said[i]) ? 0 : said[i] - (float) mean[i % outputs];
            squares[i % outputs] += centred * centred / count;
        }
        double widest = Math.sqrt(Arrays.stream(squares).max().orElseThrow());
        float[] centre = new float[outputs];
        for (int k = 0; k < outputs; k++) {
            centre[k] = (float) mean[k];
        }
        float scale = widest > 0 ? (float) (FIRST_DEVIATION / widest) : 0;
        return new Forest(trees, ofClasses, centre, scale, scaled(said, centre, scale));
    }

    private static int count(double[] said) {
        return (int) Arrays.stream(said).filter(value -> !Double.isNaN(value)).count();
    }

    private static BitSet[] noBags(int trees) {
        BitSet[] bags = new BitSet[trees];
        Arrays.fill(bags, new BitSet());
        return bags;
    }

    /** Of each row the mean over the trees whose bag lacks it; NaN where there is none. */
    private static double[] outOfBag(Trees trees, StandardisedRows rows, BitSet[] bags) {
        int outputs = trees.outputs();
        double[] means = new double[rows.rows() * outputs];
        for (int row = 0; row < rows.rows(); row++) {
            int asked = 0;
            for (int tree = 0; tree < bags.length; tree++) {
                if (!bags[tree].get(row)) {
                    trees.add(trees.leaf(tree, rows.values(), row * rows.width()), means, row * outputs);
                    asked++;
                }
            }
            for (int k = 0; k < outputs; k++) {
                means[row * outputs + k] /= asked;
            }
        }
        return means;
    }

    private static void transform(double[] said, boolean ofClasses) {
        for (int i = 0; ofClasses && i < said.length; i++) {
            said[i] = Math.log(said[i] + LEAST_SHARE);
        }
    }

    /** Rows of which nothing is said are at the centre, 0. */
    private static float[] scaled(double[] said, float[] mean, float scale) {
        float[] features = new float[said.length];
        for (int i = 0; i < features.length; i++) {
            features[i] = Double.isNaN(said[i]) ? 0 : (float) ((said[i] - mean[i % mean.length]) * scale);
        }
        return features;
    }

    @Override
    public int width() {
        return trees.outputs();
    }

    @Override
    public float[] apply(float[] values, int rows) {
        int width = rows == 0 ? 0 : values.length / rows;
        int outputs = trees.outputs();
        double[] said = new double[rows * outputs];
        for (int tree = 0; tree < trees.count(); tree++) {
            for (int row = 0; row < rows; row++) {
                trees.add(trees.leaf(tree, values, row * width), said, row * outputs);
            }
        }
        for (int i = 0; i < said.length; i++) {
            said[i] /= trees.count();
        }
        transform(said, ofClasses);
        return scaled(said, mean, scale);
    }

    @Override
    public Optional<float[]> outOfBag() {
        return outOfBag.length == 0 ? Optional.empty() : Optional.of(outOfBag);
    }

    @Override
    public Forest forPrediction() {
        return new Forest(trees, ofClasses, mean, scale, new float[0]);
    }

    @Override
    public Map<String, float[]> state() {
        Map<String, float[]> state = new HashMap<>(trees.state());
        state.put("mean", mean);
        state.put("scale", new float[] {scale});
        state.put("classes", new float[] {ofClasses ? 1 : 0});
        return state;
    }

    /** @throws FusionException if an array is missing or the arrays do not fit together */
    static Forest restore(String name, Map<String, float[]> state) {
        float[] mean = StateArrays.get(name, state, "mean");
        float[] scale = StateArrays.get(name, state, "scale");
        float[] classes = StateArrays.get(name, state, "classes");
        if (mean.length == 0 || scale.length != 1 || classes.length != 1) {
            throw new FusionException("A stored '" + name + "' has " + mean.length + " means, " + scale.length
                    + " scales and " + classes.length + " kinds, but needs some, one and one; store the model again");
        }
        return new Forest(Trees.restore(name, state, mean.length), classes[0] != 0, mean, scale[0], new float[0]);
    }
}
