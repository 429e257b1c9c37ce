package org.metafusion.training.representation;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.metafusion.core.FusionException;
import org.metafusion.core.representation.AffineMap;
import org.metafusion.core.representation.ExtractionShape;
import org.metafusion.core.representation.FittedExtractor;
import org.metafusion.core.representation.ModalityExtractor;
import org.metafusion.core.representation.StandardisedRows;

/**
 * Principal component analysis in double precision: the leading eigenvectors of the covariance (or of the Gram matrix,
 * whichever is smaller).
 *
 * <p>Scores are divided by the standard deviation of the first component, so that a representation has unit scale
 * whatever its modality while components keep their proportions.
 */
public final class PcaExtractor implements ModalityExtractor {

    public static final String NAME = "pca";

    @Override
    public String name() {
        return NAME;
    }

    /** Gives fewer components than asked for where the rows or the rank allow no more, but at least one. */
    @Override
    public List<FittedExtractor> fit(StandardisedRows rows, int[] widths, long seed) {
        int widest = Arrays.stream(widths).max().orElseThrow();
        FittedPca all = fit(rows.values(), rows.rows(), rows.width(), widest);
        return Arrays.stream(widths)
                .mapToObj(count -> (FittedExtractor) all.leading(count))
                .toList();
    }

    @Override
    public int outputWidth(ExtractionShape shape, int asked) {
        return Math.min(asked, Math.min(shape.features(), Math.max(1, shape.rows() - 1)));
    }

    @Override
    public FittedPca restore(Map<String, float[]> state) {
        float[] mean = array(state, "mean");
        float[] components = array(state, "components");
        float[] ratio = array(state, "explainedVarianceRatio");
        float[] scale = array(state, "scale");
        if (ratio.length == 0 || components.length != (long) ratio.length * mean.length || scale.length != 1) {
            throw new FusionException("A stored PCA of " + ratio.length + " components over " + mean.length
                    + " features needs [" + ratio.length + ", " + mean.length + "] components and one scale but has "
                    + components.length + " and " + scale.length + " values; store the model again");
        }
        return new FittedPca(mean, components, ratio, scale[0]);
    }

    private static float[] array(Map<String, float[]> state, String name) {
        float[] values = state.get(name);
        if (values == null) {
            throw new FusionException("A stored PCA has no '" + name + "', only " + new TreeSet<>(state.keySet())
                    + "; store the model again");
        }
        return values;
    }

    /** The leading {@code outputWidth} components. */
    public FittedPca fit(float[] values, int rows, int width, int outputWidth) {
        double[] mean = columnMeans(values, rows, width);
        double[] centred = new double[rows * width];
        for (int row = 0; row < rows; row++) {
            for (int j = 0; j < width; j++) {
                centred[row * width + j] = values[row * width + j] - mean[j];
            }
        }
        return width <= rows
                ? fromCovariance(centred, rows, mean, outputWidth)
                : fromGram(centred, rows, mean, outputWidth);
    }

    private static double[] columnMeans(float[] values, int rows, int width) {
        double[] mean = new double[width];
        for (int row = 0; row < rows; row++) {
            for (int j = 0; j < width; j++) {
                mean[j] += values[row * width + j];
            }
        }
        for (int j = 0; j < width; j++) {
            mean[j] /= Math.max(1, rows);
        }
        return mean;
    }

    private static FittedPca fromCovariance(double[] centred, int rows, double[] mean, int outputWidth) {
        int width = mean.length;
        Spectrum spectrum = Spectrum.of(CrossProducts.of(centred, rows, width), width, outputWidth);
        return fitted(mean, spectrum.vectors(), spectrum, rows);
    }

    /** With {@code X X^T u = s^2 u}, the component is {@code X^T u / s}. */
    private static FittedPca fromGram(double[] centred, int rows, double[] mean, int outputWidth) {
        int width = mean.length;
        double[] transposed = new double[centred.length];
        for (int row = 0; row < rows; row++) {
            for (int j = 0; j < width; j++) {
                transposed[j * rows + row] = centred[row * width + j];
            }
        }
        Spectrum spectrum = Spectrum.of(CrossProducts.of(transposed, width, rows), rows, outputWidth);
        double[] components = new double[spectrum.count() * width];
        for (int c = 0; c < spectrum.count(); c++) {
            double singular = Math.sqrt(spectrum.values()[c]);
            for (int row = 0; row < rows && singular > 0; row++) {
                double share = spectrum.vectors()[c * rows + row] / singular;
                for (int j = 0; j < width; j++) {
                    components[c * width + j] += share * centred[row * width + j];
                }
            }
        }
        return fitted(mean, components, spectrum, rows);
    }

    private static FittedPca fitted(double[] mean, double[] components, Spectrum spectrum, int rows) {
        float[] ratio = new float[spectrum.count()];
        for (int c = 0; c < ratio.length; c++) {
            ratio[c] = spectrum.total() == 0 ? 0f : (float) (spectrum.values()[c] / spectrum.total());
        }
        double first = Math.sqrt(spectrum.values()[0] / Math.max(1, rows - 1));
        return new FittedPca(floats(mean), floats(components), ratio, first == 0 ? 1f : (float) (1 / first));
    }

    private static float[] floats(double[] values) {
        float[] rounded = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            rounded[i] = (float) values[i];
        }
        return rounded;
    }

    /**
     * A fitted PCA.
     *
     * @param mean of each feature
     * @param components {@code [k, width]} row-major, orthonormal rows, of any sign
     * @param explainedVarianceRatio share of the total variance of each component
     * @param scale the scores' common factor
     */
    public record FittedPca(float[] mean, float[] components, float[] explainedVarianceRatio, float scale)
            implements FittedExtractor {

        @Override
        public int width() {
            return explainedVarianceRatio.length;
        }

        /** The leading components only. */
        public FittedPca leading(int count) {
            int kept = Math.min(count, width());
            return new FittedPca(
                    mean,
                    Arrays.copyOf(components, kept * mean.length),
                    Arrays.copyOf(explainedVarianceRatio, kept),
                    scale);
        }

        /** Scores {@code scale * components (x - mean)}, summed in double precision. */
        @Override
        public float[] apply(float[] values, int rows) {
            int width = mean.length;
            int k = width();
            float[] loadings = loadingsByFeature();
            float[] scores = new float[rows * k];
            double[] sums = new double[k];
            for (int row = 0; row < rows; row++) {
                Arrays.fill(sums, 0);
                int j = 0;
                for (; j + 4 <= width; j += 4) {
                    addFourFeatures(values, row * width, j, loadings, sums);
                }
                for (; j < width; j++) {
                    double x = values[row * width + j] - mean[j];
                    for (int c = 0; c < k; c++) {
                        sums[c] += x * loadings[j * k + c];
                    }
                }
                for (int c = 0; c < k; c++) {
                    scores[row * k + c] = (float) (scale * sums[c]);
                }
            }
            return scores;
        }

        @Override
        public Optional<AffineMap> affine() {
            int width = mean.length;
            int k = width();
            float[] weights = loadingsByFeature();
            for (int i = 0; i < weights.length; i++) {
                weights[i] *= scale;
            }
            float[] bias = new float[k];
            for (int c = 0; c < k; c++) {
                double offset = 0;
                for (int j = 0; j < width; j++) {
                    offset += (double) components[c * width + j] * mean[j];
                }
                bias[c] = (float) (-scale * offset);
            }
            return Optional.of(new AffineMap(weights, bias));
        }

        private float[] loadingsByFeature() {
            int width = mean.length;
            int k = width();
            float[] loadings = new float[components.length];
            for (int c = 0; c < k; c++) {
                for (int j = 0; j < width; j++) {
                    loadings[j * k + c] = components[c * width + j];
                }
            }
            return loadings;
        }

        /** Four at a time, so that each load and store of a sum serves four multiplications. */
        private void addFourFeatures(float[] values, int row, int j, float[] loadings, double[] sums) {
            int k = sums.length;
            double x0 = values[row + j] - mean[j];
            double x1 = values[row + j + 1] - mean[j + 1];
            double x2 = values[row + j + 2] - mean[j + 2];
            double x3 = values[row + j + 3] - mean[j + 3];
            int l0 = j * k;
            int l1 = l0 + k;
            int l2 = l1 + k;
            int l3 = l2 + k;
            for (int c = 0; c < k; c++) {
                sums[c] +=
                        x0 * loadings[l0 + c] + x1 * loadings[l1 + c] + x2 * loadings[l2 + c] + x3 * loadings[l3 + c];
            }
        }

        @Override
        public Map<String, float[]> state() {
            Map<String, float[]> state = new HashMap<>();
            state.put("mean", mean);
            state.put("components", components);
            state.put("explainedVarianceRatio", explainedVarianceRatio);
            state.put("scale", new float[] {scale});
            return state;
        }
    }
}
