package org.metafusion.training.representation;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;
import org.metafusion.core.FusionException;
import org.metafusion.core.representation.FeatureExtractor;
import org.metafusion.core.representation.FittedExtractor;

/**
 * Principal component analysis in double precision: the leading eigenvectors of the covariance (or of the Gram matrix,
 * whichever is smaller).
 *
 * <p>Scores are divided by the standard deviation of the first component, so that a representation has unit scale
 * whatever its modality while components keep their proportions.
 */
public final class PcaExtractor implements FeatureExtractor {

    public static final String NAME = "pca";

    private static final double RANK_TOLERANCE = 1e-9;

    @Override
    public String name() {
        return NAME;
    }

    /** Gives fewer components than asked for where the rows or the rank allow no more, but at least one. */
    @Override
    public List<FittedExtractor> fit(float[] values, int rows, int width, int[] outputWidths) {
        int widest = Arrays.stream(outputWidths).max().orElseThrow();
        FittedPca all = fit(values, rows, width, widest);
        return Arrays.stream(outputWidths)
                .mapToObj(count -> (FittedExtractor) all.leading(count))
                .toList();
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
        DMatrixRMaj centred = new DMatrixRMaj(rows, width);
        for (int row = 0; row < rows; row++) {
            for (int j = 0; j < width; j++) {
                centred.set(row, j, values[row * width + j] - mean[j]);
            }
        }
        return width <= rows ? fromCovariance(centred, mean, outputWidth) : fromGram(centred, mean, outputWidth);
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

    private static FittedPca fromCovariance(DMatrixRMaj centred, double[] mean, int outputWidth) {
        DMatrixRMaj covariance = new DMatrixRMaj(centred.numCols, centred.numCols);
        CommonOps_DDRM.multTransA(centred, centred, covariance);
        Spectrum spectrum = Spectrum.of(covariance, outputWidth);
        float[] components = new float[spectrum.count() * centred.numCols];
        for (int c = 0; c < spectrum.count(); c++) {
            for (int j = 0; j < centred.numCols; j++) {
                components[c * centred.numCols + j] = (float) spectrum.vectors().get(c, j);
            }
        }
        return fitted(mean, components, spectrum, centred.numRows);
    }

    /** With {@code X X^T u = s^2 u}, the component is {@code X^T u / s}. */
    private static FittedPca fromGram(DMatrixRMaj centred, double[] mean, int outputWidth) {
        DMatrixRMaj gram = new DMatrixRMaj(centred.numRows, centred.numRows);
        CommonOps_DDRM.multTransB(centred, centred, gram);
        Spectrum spectrum = Spectrum.of(gram, outputWidth);
        DMatrixRMaj product = new DMatrixRMaj(spectrum.count(), centred.numCols);
        CommonOps_DDRM.mult(spectrum.vectors(), centred, product);
        float[] components = new float[product.getNumElements()];
        for (int c = 0; c < spectrum.count(); c++) {
            double singular = Math.sqrt(spectrum.values()[c]);
            for (int j = 0; j < centred.numCols; j++) {
                components[c * centred.numCols + j] = singular == 0 ? 0f : (float) (product.get(c, j) / singular);
            }
        }
        return fitted(mean, components, spectrum, centred.numRows);
    }

    private static FittedPca fitted(double[] mean, float[] components, Spectrum spectrum, int rows) {
        float[] center = new float[mean.length];
        for (int j = 0; j < mean.length; j++) {
            center[j] = (float) mean[j];
        }
        float[] ratio = new float[spectrum.count()];
        for (int c = 0; c < ratio.length; c++) {
            ratio[c] = spectrum.total() == 0 ? 0f : (float) (spectrum.values()[c] / spectrum.total());
        }
        double first = Math.sqrt(spectrum.values()[0] / Math.max(1, rows - 1));
        return new FittedPca(center, components, ratio, first == 0 ? 1f : (float) (1 / first));
    }

    /**
     * Leading eigenpairs of a symmetric matrix, largest first.
     *
     * @param vectors one a row
     * @param total the trace
     */
    private record Spectrum(double[] values, DMatrixRMaj vectors, double total) {

        static Spectrum of(DMatrixRMaj symmetric, int wanted) {
            int size = symmetric.numRows;
            double total = CommonOps_DDRM.trace(symmetric);
            EigenDecomposition_F64<DMatrixRMaj> eigen = DecompositionFactory_DDRM.eig(size, true, true);
            if (!eigen.decompose(symmetric)) {
                throw new IllegalStateException(
                        "Eigendecomposition of a " + size + " x " + size + " symmetric matrix did not converge");
            }
            Integer[] order = new Integer[size];
            for (int i = 0; i < size; i++) {
                order[i] = i;
            }
            Arrays.sort(
                    order,
                    (a, b) -> Double.compare(
                            eigen.getEigenvalue(b).getReal(),
                            eigen.getEigenvalue(a).getReal()));
            double largest = Math.max(0, eigen.getEigenvalue(order[0]).getReal());
            int count = 1;
            while (count < Math.min(wanted, size)
                    && eigen.getEigenvalue(order[count]).getReal() > RANK_TOLERANCE * largest) {
                count++;
            }
            double[] values = new double[count];
            DMatrixRMaj vectors = new DMatrixRMaj(count, size);
            for (int c = 0; c < count; c++) {
                values[c] = Math.max(0, eigen.getEigenvalue(order[c]).getReal());
                DMatrixRMaj vector = eigen.getEigenVector(order[c]);
                for (int j = 0; j < size; j++) {
                    vectors.set(c, j, vector.get(j));
                }
            }
            return new Spectrum(values, vectors, total);
        }

        int count() {
            return values.length;
        }
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

        /** Scores {@code scale * components (x - mean)}. */
        @Override
        public float[] apply(float[] values, int rows) {
            int width = mean.length;
            int k = width();
            float[] scores = new float[rows * k];
            float[] centred = new float[width];
            for (int row = 0; row < rows; row++) {
                for (int j = 0; j < width; j++) {
                    centred[j] = values[row * width + j] - mean[j];
                }
                for (int c = 0; c < k; c++) {
                    scores[row * k + c] = scale * dot(centred, components, c * width);
                }
            }
            return scores;
        }

        private static float dot(float[] x, float[] y, int offset) {
            double sum = 0;
            for (int j = 0; j < x.length; j++) {
                sum += (double) x[j] * y[offset + j];
            }
            return (float) sum;
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
