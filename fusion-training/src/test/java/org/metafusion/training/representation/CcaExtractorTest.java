package org.metafusion.training.representation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.metafusion.core.FusionException;
import org.metafusion.core.modality.Targets;
import org.metafusion.core.modality.Task;
import org.metafusion.core.representation.Extraction;
import org.metafusion.core.representation.ExtractionRows;
import org.metafusion.core.representation.FittedExtractor;
import org.metafusion.core.representation.StandardisedRows;
import org.metafusion.core.tensor.BackendConfig;
import org.metafusion.core.tensor.TensorBackend;
import org.metafusion.cpu.CpuBackend;

/** Canonical correlations that are known since the data are made from orthogonal columns. */
final class CcaExtractorTest {

    private static final int ROWS = 60;
    private static final double[] CORRELATIONS = {0.9, 0.5, 0.2};

    private final TensorBackend backend = new CpuBackend(new BackendConfig(1));

    @AfterEach
    void close() {
        backend.close();
    }

    /** Columns of mean 0 and length 1, orthogonal to each other. */
    private static double[][] orthonormal(int count) {
        Draws draws = new Draws(21);
        double[][] columns = new double[count][ROWS];
        for (int c = 0; c < count; c++) {
            double mean = 0;
            for (int i = 0; i < ROWS; i++) {
                columns[c][i] = draws.normal();
                mean += columns[c][i] / ROWS;
            }
            for (int i = 0; i < ROWS; i++) {
                columns[c][i] -= mean;
            }
            for (int before = 0; before < c; before++) {
                double along = dot(columns[c], columns[before]);
                for (int i = 0; i < ROWS; i++) {
                    columns[c][i] -= along * columns[before][i];
                }
            }
            double length = Math.sqrt(dot(columns[c], columns[c]));
            for (int i = 0; i < ROWS; i++) {
                columns[c][i] /= length;
            }
        }
        return columns;
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    /** Two modalities of three features whose canonical correlations are {@link #CORRELATIONS}. */
    private static List<double[][]> pair() {
        double[][] q = orthonormal(6);
        double[][] x = {q[0], q[1], q[2]};
        double[][] z = new double[3][ROWS];
        for (int c = 0; c < 3; c++) {
            double rest = Math.sqrt(1 - CORRELATIONS[c] * CORRELATIONS[c]);
            for (int i = 0; i < ROWS; i++) {
                z[c][i] = CORRELATIONS[c] * q[c][i] + rest * q[3 + c][i];
            }
        }
        return List.of(x, z);
    }

    /** {@code columns} mixed by an invertible matrix, as rows. */
    private static StandardisedRows mixed(double[][] columns, long seed) {
        int width = columns.length;
        Draws draws = new Draws(seed);
        float[] values = new float[ROWS * width];
        for (int j = 0; j < width; j++) {
            for (int c = 0; c < width; c++) {
                double weight = seed == 0 ? (c == j ? 1 : 0) : draws.normal() + (c == j ? 3 : 0);
                for (int i = 0; i < ROWS; i++) {
                    values[i * width + j] += (float) (10 * weight * columns[c][i]);
                }
            }
        }
        return StandardisedRows.complete(values, ROWS, width);
    }

    private ExtractionRows rows(StandardisedRows... modalities) {
        Targets none = new Targets.Values(new Task.Regression(List.of("y")), new float[modalities[0].rows()]);
        return new ExtractionRows(List.of(modalities), none, 1, backend);
    }

    private static double[] column(float[] features, int width, int c) {
        double[] column = new double[features.length / width];
        for (int i = 0; i < column.length; i++) {
            column[i] = features[i * width + c];
        }
        return column;
    }

    private static double correlation(double[] a, double[] b) {
        return dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
    }

    @Test
    void findsTheCanonicalCorrelations() {
        List<double[][]> pair = pair();
        StandardisedRows x = mixed(pair.get(0), 3);
        StandardisedRows z = mixed(pair.get(1), 4);
        CcaExtractor.Canonical canonical = new CcaExtractor(0).fit(List.of(x, z), 3);
        float[] ofX = canonical.projection(0, 3).apply(x.values(), ROWS);
        float[] ofZ = canonical.projection(1, 3).apply(z.values(), ROWS);
        for (int c = 0; c < 3; c++) {
            assertThat(canonical.correlation(c)).isCloseTo(CORRELATIONS[c], within(1e-4));
            assertThat(correlation(column(ofX, 3, c), column(ofZ, 3, c))).isCloseTo(CORRELATIONS[c], within(1e-4));
            double[] own = column(ofX, 3, c);
            assertThat(Math.sqrt(dot(own, own) / ROWS)).isCloseTo(CORRELATIONS[c], within(1e-4));
            for (int other = 0; other < c; other++) {
                assertThat(correlation(own, column(ofX, 3, other))).isCloseTo(0, within(1e-3));
                assertThat(correlation(own, column(ofZ, 3, other))).isCloseTo(0, within(1e-3));
            }
        }
    }

    @Test
    void invertibleMapsOfAModalityChangeNothingButTheSign() {
        List<double[][]> pair = pair();
        StandardisedRows plain = mixed(pair.get(0), 0);
        StandardisedRows mixed = mixed(pair.get(0), 5);
        StandardisedRows z = mixed(pair.get(1), 0);
        CcaExtractor exact = new CcaExtractor(0);
        float[] before = exact.fit(List.of(plain, z), 3).projection(0, 3).apply(plain.values(), ROWS);
        float[] after = exact.fit(List.of(mixed, z), 3).projection(0, 3).apply(mixed.values(), ROWS);
        for (int c = 0; c < 3; c++) {
            assertThat(Math.abs(correlation(column(before, 3, c), column(after, 3, c))))
                    .isCloseTo(1, within(1e-4));
        }
    }

    @Test
    void ofThreeModalitiesItFindsWhatAllShare() {
        double[][] q = orthonormal(8);
        List<StandardisedRows> modalities = new ArrayList<>();
        for (int m = 0; m < 3; m++) {
            double[] shared = new double[ROWS];
            for (int i = 0; i < ROWS; i++) {
                shared[i] = 0.95 * q[0][i] + Math.sqrt(1 - 0.95 * 0.95) * q[1 + m][i];
            }
            modalities.add(mixed(new double[][] {shared, q[4 + m]}, 10 + m));
        }
        CcaExtractor.Canonical canonical = new CcaExtractor(0).fit(modalities, 2);
        // the sum of three projections on vectors of pairwise correlation 0.95^2
        assertThat(canonical.correlation(0)).isCloseTo(0.95 * 0.95, within(1e-4));
        for (int m = 0; m < 3; m++) {
            float[] own = canonical.projection(m, 1).apply(modalities.get(m).values(), ROWS);
            assertThat(Math.abs(correlation(column(own, 1, 0), q[0]))).isCloseTo(0.95, within(1e-3));
        }
    }

    @Test
    void regularisationKeepsItFromCorrelatingNoiseOfManyFeatures() {
        Draws draws = new Draws(2);
        float[] x = new float[20 * 50];
        float[] z = new float[20 * 40];
        for (int i = 0; i < x.length; i++) {
            x[i] = (float) draws.normal();
        }
        for (int i = 0; i < z.length; i++) {
            z[i] = (float) draws.normal();
        }
        List<StandardisedRows> modalities =
                List.of(StandardisedRows.complete(x, 20, 50), StandardisedRows.complete(z, 20, 40));
        assertThat(new CcaExtractor(0).fit(modalities, 1).correlation(0)).isCloseTo(1, within(1e-4));
        assertThat(new CcaExtractor(1).fit(modalities, 1).correlation(0)).isLessThan(0.7);
    }

    @Test
    void onlyRowsThatHaveAllModalitiesCountAndWidthsAreThoseOfTheRank() {
        List<double[][]> pair = pair();
        StandardisedRows x = mixed(pair.get(0), 3);
        StandardisedRows z = mixed(pair.get(1), 4);
        float[] spoilt = x.values().clone();
        java.util.Arrays.fill(spoilt, 0, 3, 0f);
        BitSet first = new BitSet();
        first.set(0);
        StandardisedRows lacking = new StandardisedRows(spoilt, ROWS, 3, first);
        List<FittedExtractor> fitted = new CcaExtractor()
                .fit(rows(lacking, z), List.of(new Extraction(1, 2), new Extraction(0, 9), new Extraction(0, 1)));
        assertThat(fitted).extracting(FittedExtractor::width).containsExactly(2, 3, 1);
        float[] expected = new CcaExtractor()
                .fit(rows(x.select(range(1, ROWS)), z.select(range(1, ROWS))), List.of(new Extraction(0, 9)))
                .get(0)
                .apply(x.values(), ROWS);
        assertThat(fitted.get(1).apply(x.values(), ROWS)).isEqualTo(expected);
        FittedExtractor restored = new CcaExtractor().restore(fitted.get(1).state());
        assertThat(restored.apply(x.values(), ROWS)).isEqualTo(expected);
        assertThat(restored.affine()).isPresent();
    }

    private static int[] range(int from, int to) {
        return java.util.stream.IntStream.range(from, to).toArray();
    }

    @Test
    void whatCannotBeCorrelatedIsSaid() {
        StandardisedRows x = mixed(pair().get(0), 3);
        assertThatThrownBy(() -> new CcaExtractor().fit(rows(x), List.of(new Extraction(0, 2))))
                .isInstanceOf(FusionException.class)
                .hasMessage(
                        "Extractor 'cca' correlates modalities and needs two or more but the data have one; leave it"
                                + " out");
        BitSet all = new BitSet();
        all.set(0, ROWS);
        StandardisedRows absent = new StandardisedRows(new float[ROWS * 3], ROWS, 3, all);
        assertThatThrownBy(() -> new CcaExtractor().fit(rows(x, absent), List.of(new Extraction(0, 2))))
                .isInstanceOf(FusionException.class)
                .hasMessage("Extractor 'cca' needs 2 training rows or more that have all modalities but there are 0;"
                        + " leave it out or give more");
    }
}
