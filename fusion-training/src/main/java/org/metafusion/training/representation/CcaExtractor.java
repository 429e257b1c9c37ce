package org.metafusion.training.representation;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import org.metafusion.core.FusionException;
import org.metafusion.core.representation.AffineMap;
import org.metafusion.core.representation.Extraction;
import org.metafusion.core.representation.ExtractionRows;
import org.metafusion.core.representation.FeatureExtractor;
import org.metafusion.core.representation.FittedExtractor;
import org.metafusion.core.representation.StandardisedRows;

/**
 * Regularised canonical correlation analysis of two modalities or more, in its MAXVAR form (Kettenring 1971): the variables
 * {@code g} of unit length that the modalities together predict best, the leading eigenvectors of
 * {@code sum_m X_m (X_m^T X_m + r_m I)^-1 X_m^T}, and each modality's projection on them. For two modalities without
 * regularisation the eigenvalues are {@code 1 + rho_c} with the canonical correlations {@code rho_c}.
 *
 * <p>Computed through each modality's principal components, at most {@value #COMPONENTS} of them, divided by
 * {@code sqrt(s^2 + r)}: side by side these are B, and the eigenvectors of {@code B^T B} are all that is needed. {@code r} is
 * a share of the components' mean squared length.
 *
 * <p>Fitted on the rows that have all modalities. A feature's standard deviation there is its canonical correlation (the
 * mean of {@code (eigenvalue - 1) / (modalities - 1)} where there are more than two), so that what is shared counts most.
 * LAPACK finds the leading pairs only, as for {@link PcaExtractor}, which is faster here than EJML's full decomposition.
 */
public final class CcaExtractor implements FeatureExtractor {

    public static final String NAME = "cca";

    private static final int COMPONENTS = 500;
    private static final double USUAL_REGULARISATION = 0.5;
    private static final double LEAST_CORRELATION = 1e-3;

    private final double regularisation;

    /** With the usual regularisation, 0.5. */
    public CcaExtractor() {
        this(USUAL_REGULARISATION);
    }

    /** @param regularisation r as a share of the mean squared length of a modality's components; 0 for none */
    public CcaExtractor(double regularisation) {
        this.regularisation = regularisation;
    }

    @Override
    public String name() {
        return NAME;
    }

    /** Gives fewer features than asked for where the rows, or the rank of a modality, allow no more. */
    @Override
    public List<FittedExtractor> fit(ExtractionRows rows, List<Extraction> wanted) {
        int widest = wanted.stream().mapToInt(Extraction::width).max().orElseThrow();
        Canonical canonical = fit(rows.modalities(), widest);
        List<FittedExtractor> fitted = new ArrayList<>();
        for (Extraction w : wanted) {
            fitted.add(canonical.projection(w.modality(), w.width()));
        }
        return fitted;
    }

    /** The canonical variables of all modalities. */
    Canonical fit(List<StandardisedRows> modalities, int widest) {
        int[] complete = complete(modalities);
        List<Whitened> whitened = new ArrayList<>();
        for (StandardisedRows modality : modalities) {
            whitened.add(Whitened.of(modality.select(complete), regularisation));
        }
        double[] products = products(whitened, complete.length);
        int size = whitened.stream().mapToInt(Whitened::count).sum();
        int most = whitened.stream().mapToInt(Whitened::count).min().orElseThrow();
        return new Canonical(whitened, Spectrum.of(products, size, Math.min(widest, most)));
    }

    private static int[] complete(List<StandardisedRows> modalities) {
        if (modalities.size() < 2) {
            throw new FusionException(
                    "Extractor 'cca' correlates modalities and needs two or more but the data have one; leave it out");
        }
        BitSet incomplete = new BitSet();
        modalities.forEach(modality -> incomplete.or(modality.missing()));
        int rows = modalities.get(0).rows();
        int[] complete = java.util.stream.IntStream.range(0, rows)
                .filter(row -> !incomplete.get(row))
                .toArray();
        if (complete.length < 2) {
            throw new FusionException("Extractor 'cca' needs 2 training rows or more that have all modalities but there"
                    + " are " + complete.length + "; leave it out or give more");
        }
        return complete;
    }

    /** {@code B^T B}. */
    private static double[] products(List<Whitened> whitened, int rows) {
        int size = whitened.stream().mapToInt(Whitened::count).sum();
        double[] b = new double[rows * size];
        int from = 0;
        for (Whitened modality : whitened) {
            for (int row = 0; row < rows; row++) {
                System.arraycopy(modality.scores(), row * modality.count(), b, row * size + from, modality.count());
            }
            from += modality.count();
        }
        return CrossProducts.of(b, rows, size);
    }

    /**
     * One modality's principal components divided by {@code sqrt(s^2 + r)}.
     *
     * @param mean of the features
     * @param loadings {@code [count, width]}, likewise divided
     * @param scores {@code [rows, count]}
     */
    record Whitened(double[] mean, double[] loadings, double[] scores, int count) {

        static Whitened of(StandardisedRows rows, double regularisation) {
            PcaExtractor.FittedPca pca = new PcaExtractor().fit(rows.values(), rows.rows(), rows.width(), COMPONENTS);
            int n = rows.rows();
            int k = pca.width();
            float[] raw = pca.apply(rows.values(), n);
            double[] squares = new double[k];
            double all = 0;
            for (int i = 0; i < raw.length; i++) {
                double score = raw[i] / (double) pca.scale();
                squares[i % k] += score * score;
                all += score * score;
            }
            double ridge = regularisation * all / k;
            double[] loadings = new double[k * rows.width()];
            double[] scores = new double[raw.length];
            double[] divisors = new double[k];
            for (int c = 0; c < k; c++) {
                divisors[c] = Math.max(Double.MIN_NORMAL, Math.sqrt(squares[c] + ridge));
            }
            for (int i = 0; i < loadings.length; i++) {
                loadings[i] = pca.components()[i] / divisors[i / rows.width()];
            }
            for (int i = 0; i < scores.length; i++) {
                scores[i] = raw[i] / pca.scale() / divisors[i % k];
            }
            double[] mean = new double[rows.width()];
            java.util.Arrays.setAll(mean, j -> pca.mean()[j]);
            return new Whitened(mean, loadings, scores, k);
        }
    }

    /** The leading eigenpairs of {@code B^T B}: {@code g = B u / sqrt(lambda)}, projections {@code A_m u_m sqrt(lambda)}. */
    record Canonical(List<Whitened> modalities, Spectrum spectrum) {

        /** Of each canonical variable, the mean correlation of the modalities' projections; 1 at most. */
        double correlation(int variable) {
            return (spectrum.values()[variable] - 1) / (modalities.size() - 1);
        }

        DenseEncoder projection(int modality, int width) {
            Whitened own = modalities.get(modality);
            int from = modalities.subList(0, modality).stream()
                    .mapToInt(Whitened::count)
                    .sum();
            int inputs = own.mean().length;
            int count = Math.min(width, spectrum.count());
            float[] weights = new float[inputs * count];
            float[] bias = new float[count];
            for (int c = 0; c < count; c++) {
                double[] direction = direction(own, from, c);
                double offset = 0;
                for (int j = 0; j < inputs; j++) {
                    weights[j * count + c] = (float) direction[j];
                    offset += direction[j] * own.mean()[j];
                }
                bias[c] = (float) -offset;
            }
            return new DenseEncoder(List.of(new AffineMap(weights, bias)), false);
        }

        /** A variable's weights on a modality's features, scaled to the deviation its correlation is. */
        private double[] direction(Whitened own, int from, int variable) {
            int inputs = own.mean().length;
            int size = spectrum.vectors().length / spectrum.count();
            double[] direction = new double[inputs];
            double[] u = java.util.Arrays.copyOfRange(
                    spectrum.vectors(), variable * size + from, variable * size + from + own.count());
            for (int i = 0; i < own.count(); i++) {
                for (int j = 0; j < inputs; j++) {
                    direction[j] += u[i] * own.loadings()[i * inputs + j];
                }
            }
            double variance = 0;
            int rows = own.scores().length / own.count();
            for (int row = 0; row < rows; row++) {
                double value = 0;
                for (int i = 0; i < own.count(); i++) {
                    value += own.scores()[row * own.count() + i] * u[i];
                }
                variance += value * value / rows;
            }
            double deviation = Math.max(LEAST_CORRELATION, correlation(variable));
            double scale = variance > 0 ? deviation / Math.sqrt(variance) : 0;
            for (int j = 0; j < inputs; j++) {
                direction[j] *= scale;
            }
            return direction;
        }
    }

    @Override
    public FittedExtractor restore(Map<String, float[]> state) {
        return DenseEncoder.restore(NAME, state);
    }
}
