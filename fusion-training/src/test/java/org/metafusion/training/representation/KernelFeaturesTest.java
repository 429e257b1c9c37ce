package org.metafusion.training.representation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.metafusion.core.FusionException;
import org.metafusion.core.representation.FittedExtractor;
import org.metafusion.core.representation.ModalityExtractor;
import org.metafusion.core.representation.StandardisedRows;

/** Kernel principal components and random Fourier features against the kernels whose inner products they are. */
final class KernelFeaturesTest {

    private static final int ROWS = 40;
    private static final int WIDTH = 7;

    static Stream<Arguments> kernels() {
        DoubleUnaryOperator gaussian = q -> Math.exp(-2 * q);
        DoubleUnaryOperator laplacian = q -> Math.exp(-Math.sqrt(q));
        return Stream.of(
                Arguments.of(KernelPcaExtractor.gaussian(), gaussian),
                Arguments.of(KernelPcaExtractor.laplacian(), laplacian));
    }

    static Stream<ModalityExtractor> extractors() {
        return Stream.of(KernelPcaExtractor.gaussian(), KernelPcaExtractor.laplacian(), new FourierExtractor());
    }

    private static StandardisedRows rows(int rows) {
        Draws draws = new Draws(17);
        float[] values = new float[rows * WIDTH];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) draws.normal();
        }
        return StandardisedRows.complete(values, rows, WIDTH);
    }

    @ParameterizedTest
    @MethodSource("extractors")
    void ofRowsThatAreAllAlikeNothingIsMade(ModalityExtractor extractor) {
        int rows = 10;
        float[] alike = new float[rows * WIDTH];
        Arrays.fill(alike, 0.3f);
        FittedExtractor fitted = extractor
                .fit(StandardisedRows.complete(alike, rows, WIDTH), new int[] {4}, 1)
                .get(0);
        float[] other = new float[WIDTH];
        Arrays.fill(other, -2f);
        assertThat(fitted.apply(other, 1)).isNotEmpty();
        for (float value : fitted.apply(other, 1)) {
            assertThat(Math.abs(value)).isLessThan(100);
        }
    }

    /** The centred kernel matrix, straight from its definition. */
    private static double[][] centredKernel(StandardisedRows rows, DoubleUnaryOperator kernel) {
        int n = rows.rows();
        double[][] k = new double[n][n];
        double[] off = new double[n * (n - 1) / 2];
        int count = 0;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                for (int f = 0; f < rows.width(); f++) {
                    double difference = rows.values()[i * WIDTH + f] - rows.values()[j * WIDTH + f];
                    k[i][j] += difference * difference;
                }
                if (j < i) {
                    off[count++] = k[i][j];
                }
            }
        }
        Arrays.sort(off);
        double unit = off[count / 2];
        double[] means = new double[n];
        double all = 0;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                k[i][j] = kernel.applyAsDouble(k[i][j] / unit);
                means[i] += k[i][j] / n;
                all += k[i][j] / n / n;
            }
        }
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                k[i][j] += all - means[i] - means[j];
            }
        }
        return k;
    }

    private static double trace(double[][] k) {
        double sum = 0;
        for (int i = 0; i < k.length; i++) {
            sum += k[i][i];
        }
        return sum;
    }

    /** Inner products of the features of each two rows, scaled to trace 1. */
    private static double[][] gram(float[] features, int rows) {
        int width = features.length / rows;
        double[][] gram = new double[rows][rows];
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < rows; j++) {
                for (int c = 0; c < width; c++) {
                    gram[i][j] += (double) features[i * width + c] * features[j * width + c];
                }
            }
        }
        double trace = trace(gram);
        for (double[] row : gram) {
            for (int j = 0; j < rows; j++) {
                row[j] /= trace;
            }
        }
        return gram;
    }

    private static void assertKernel(float[] features, double[][] kernel, double tolerance) {
        double[][] gram = gram(features, kernel.length);
        double trace = trace(kernel);
        for (int i = 0; i < kernel.length; i++) {
            for (int j = 0; j < kernel.length; j++) {
                assertThat(gram[i][j] * kernel.length)
                        .as("%d, %d", i, j)
                        .isCloseTo(kernel[i][j] / trace * kernel.length, within(tolerance));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void allKernelComponentsReproduceTheCentredKernel(ModalityExtractor extractor, DoubleUnaryOperator kernel) {
        StandardisedRows rows = rows(ROWS);
        FittedExtractor fitted = extractor.fit(rows, new int[] {ROWS}, 1).get(0);
        assertThat(fitted.width()).isEqualTo(ROWS - 1);
        assertKernel(fitted.apply(rows.values(), ROWS), centredKernel(rows, kernel), 1e-5);
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void componentsAreUncorrelatedAndTheFirstHasDeviationSix(ModalityExtractor extractor) {
        StandardisedRows rows = rows(ROWS);
        float[] z = extractor.fit(rows, new int[] {5}, 1).get(0).apply(rows.values(), ROWS);
        for (int a = 0; a < 5; a++) {
            for (int b = 0; b <= a; b++) {
                double sum = 0;
                for (int row = 0; row < ROWS; row++) {
                    sum += (double) z[row * 5 + a] * z[row * 5 + b];
                }
                if (a != b) {
                    assertThat(sum / (ROWS - 1)).isCloseTo(0, within(1e-4));
                } else if (a == 0) {
                    assertThat(sum / (ROWS - 1)).isCloseTo(36, within(1e-3));
                } else {
                    assertThat(sum / (ROWS - 1)).isBetween(1e-3, 36.0);
                }
            }
        }
    }

    @Test
    void manyFourierFeaturesApproximateTheGaussianKernel() {
        StandardisedRows rows = rows(ROWS);
        float[] z =
                new FourierExtractor().fit(rows, new int[] {20_000}, 3).get(0).apply(rows.values(), ROWS);
        assertKernel(z, centredKernel(rows, q -> Math.exp(-2 * q)), 0.06);
        double variance = 0;
        for (float value : z) {
            variance += (double) value * value / ROWS;
        }
        assertThat(variance).isCloseTo(36, within(1e-2));
    }

    @Test
    void landmarksAreDrawnWhereThereAreMoreRowsAndTheKernelIsStillClose() {
        int count = KernelPcaExtractor.LANDMARKS + 200;
        StandardisedRows rows = rows(count);
        FittedExtractor fitted =
                KernelPcaExtractor.gaussian().fit(rows, new int[] {300}, 1).get(0);
        assertThat(fitted.state().get("landmarks")).hasSize(KernelPcaExtractor.LANDMARKS * WIDTH);
        StandardisedRows some = rows.select(new Draws(5).choose(30, count));
        double[][] gram = gram(fitted.apply(some.values(), 30), 30);
        for (int i = 0; i < 30; i++) {
            for (int j = 0; j < i; j++) {
                assertThat(gram[i][j]).isLessThan(Math.min(gram[i][i], gram[j][j]));
            }
        }
        FittedExtractor other =
                KernelPcaExtractor.gaussian().fit(rows, new int[] {300}, 2).get(0);
        assertThat(other.state().get("landmarks")).isNotEqualTo(fitted.state().get("landmarks"));
    }

    @ParameterizedTest
    @MethodSource("extractors")
    void sameRowsAndSeedGiveTheSameFeaturesAlsoWhenRestored(ModalityExtractor extractor) {
        StandardisedRows rows = rows(ROWS);
        List<FittedExtractor> fitted = extractor.fit(rows, new int[] {12, 4}, 9);
        List<FittedExtractor> again = extractor.fit(rows, new int[] {4}, 9);
        float[] features = fitted.get(1).apply(rows.values(), ROWS);
        assertThat(fitted).extracting(FittedExtractor::width).containsExactly(12, 4);
        assertThat(again.get(0).apply(rows.values(), ROWS)).isEqualTo(features);
        FittedExtractor restored = extractor.restore(fitted.get(1).state());
        assertThat(restored.width()).isEqualTo(4);
        assertThat(restored.apply(rows.values(), ROWS)).isEqualTo(features);
        float[] last = Arrays.copyOfRange(rows.values(), (ROWS - 1) * WIDTH, ROWS * WIDTH);
        assertThat(restored.apply(last, 1)).isEqualTo(Arrays.copyOfRange(features, (ROWS - 1) * 4, ROWS * 4));
    }

    @Test
    void anotherSeedGivesOtherFourierFeatures() {
        StandardisedRows rows = rows(ROWS);
        assertThat(new FourierExtractor().fit(rows, new int[] {8}, 1).get(0).apply(rows.values(), ROWS))
                .isNotEqualTo(new FourierExtractor()
                        .fit(rows, new int[] {8}, 2)
                        .get(0)
                        .apply(rows.values(), ROWS));
    }

    @ParameterizedTest
    @MethodSource("extractors")
    void rowsThatAreAllAlikeOrASingleOneGiveFiniteFeatures(ModalityExtractor extractor) {
        for (int count : new int[] {1, 5}) {
            StandardisedRows rows = StandardisedRows.complete(new float[count * WIDTH], count, WIDTH);
            FittedExtractor fitted = extractor.fit(rows, new int[] {3}, 1).get(0);
            float[] z = fitted.apply(new float[] {1, 2, 3, 4, 5, 6, 7}, 1);
            assertThat(z).hasSize(fitted.width());
            for (float value : z) {
                assertThat(value).isFinite();
            }
        }
    }

    @Test
    void whatIsStoredIsChecked() {
        StandardisedRows rows = rows(ROWS);
        ModalityExtractor kernel = KernelPcaExtractor.gaussian();
        Map<String, float[]> state =
                new HashMap<>(kernel.fit(rows, new int[] {4}, 1).get(0).state());
        state.put("unit", new float[2]);
        assertThatThrownBy(() -> kernel.restore(state))
                .isInstanceOf(FusionException.class)
                .hasMessage(
                        "A stored 'kpca' of 4 features over 40 landmarks does not fit together: it has 280 values of"
                                + " landmarks, 160 coefficients and 2 units; store the model again");
        state.remove("bias");
        assertThatThrownBy(() -> kernel.restore(state))
                .isInstanceOf(FusionException.class)
                .hasMessage(
                        "A stored 'kpca' has no 'bias', only [coefficients, landmarks, unit]; store the model again");
        Map<String, float[]> fourier = new HashMap<>(
                new FourierExtractor().fit(rows, new int[] {4}, 1).get(0).state());
        fourier.put("mean", new float[3]);
        assertThatThrownBy(() -> new FourierExtractor().restore(fourier))
                .isInstanceOf(FusionException.class)
                .hasMessage(
                        "A stored 'rff' of 4 features needs as many means, directions of one length and one scale but"
                                + " has 3, 28 and 1 values; store the model again");
    }
}
