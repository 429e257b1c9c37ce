package org.metafusion.training.alignment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.metafusion.testkit.FiniteDifferences;
import org.metafusion.testkit.Matrix;

/** InfoNCE of one pair of modalities and of several. */
final class ContrastiveLossTest {

    private static Matrix random(int rows, int cols, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Matrix matrix = Matrix.zeros(rows, cols);
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < cols; j++) {
                matrix.set(i, j, random.nextDouble(-2, 2));
            }
        }
        return matrix;
    }

    private static double[] flat(Matrix matrix) {
        double[] flat = new double[matrix.rows() * matrix.cols()];
        for (int i = 0; i < flat.length; i++) {
            flat[i] = matrix.get(i / matrix.cols(), i % matrix.cols());
        }
        return flat;
    }

    private static double loss(Matrix x, Matrix y, double logScale) {
        return ContrastiveLoss.of(flat(x), flat(y), x.rows(), logScale).loss();
    }

    @ParameterizedTest(name = "n={0} width={1} logScale={2}")
    @CsvSource({"1,1,0", "2,3,1.5", "7,2,2.66", "5,9,-1", "12,4,4"})
    void gradientsAreTheSlopes(int n, int width, double logScale) {
        Matrix x = random(n, width, 1);
        Matrix y = random(n, width, 2);
        ContrastiveLoss got = ContrastiveLoss.of(flat(x), flat(y), n, logScale);
        double[] dX = flat(FiniteDifferences.gradient(m -> loss(m, y, logScale), x));
        double[] dY = flat(FiniteDifferences.gradient(m -> loss(x, m, logScale), y));
        for (int i = 0; i < dX.length; i++) {
            assertThat(got.dX()[i]).isCloseTo(dX[i], within(1e-6));
            assertThat(got.dY()[i]).isCloseTo(dY[i], within(1e-6));
        }
        double slope = (loss(x, y, logScale + 1e-5) - loss(x, y, logScale - 1e-5)) / 2e-5;
        assertThat(got.dLogScale()).isCloseTo(slope, within(1e-6));
    }

    @Test
    void theLengthOfAnEmbeddingDoesNotCount() {
        Matrix x = random(6, 4, 1);
        Matrix y = random(6, 4, 2);
        Matrix longer = x.copy();
        for (int j = 0; j < 4; j++) {
            longer.set(3, j, 17 * x.get(3, j));
        }
        assertThat(loss(longer, y, 2)).isCloseTo(loss(x, y, 2), within(1e-12));
    }

    @Test
    void pairsThatAreAlikeHaveALowLossAndMixedUpOnesAHighOne() {
        Matrix x = random(8, 16, 1);
        Matrix turned = Matrix.zeros(8, 16);
        for (int i = 0; i < 8; i++) {
            for (int j = 0; j < 16; j++) {
                turned.set((i + 1) % 8, j, x.get(i, j));
            }
        }
        assertThat(loss(x, x, Math.log(50))).isLessThan(1e-6);
        assertThat(loss(x, turned, Math.log(50))).isGreaterThan(10);
    }

    @Test
    void embeddingsThatSayNothingHaveTheLossOfGuessing() {
        ContrastiveLoss zeros = ContrastiveLoss.of(new double[15], new double[15], 5, 3);
        assertThat(zeros.loss()).isCloseTo(Math.log(5), within(1e-12));
        assertThat(zeros.dX()).containsOnly(0.0);
    }

    @Test
    void ofThreeModalitiesItIsTheMeanOfThePairsOverTheRowsThatHaveBoth() {
        int capacity = 7;
        int width = 3;
        float[] embeddings = new float[3 * capacity * width];
        SplittableRandom random = new SplittableRandom(4);
        for (int i = 0; i < embeddings.length; i++) {
            embeddings[i] = (float) random.nextDouble(-1, 1);
        }
        BitSet secondLacks = new BitSet();
        secondLacks.set(9);
        int[] order = {4, 9, 2, 7, 1};
        PairLosses losses = new PairLosses(3, width, List.of(new BitSet(), secondLacks, new BitSet()));
        PairLosses.Batch batch = losses.of(embeddings, order, 0, 5, 1.2);
        ContrastiveLoss first = pair(embeddings, capacity, width, 0, 1, 0, 2, 3, 4);
        ContrastiveLoss second = pair(embeddings, capacity, width, 0, 2, 0, 1, 2, 3, 4);
        ContrastiveLoss third = pair(embeddings, capacity, width, 1, 2, 0, 2, 3, 4);
        assertThat(batch.pairs()).isEqualTo(3);
        assertThat(batch.loss()).isCloseTo((first.loss() + second.loss() + third.loss()) / 3, within(1e-9));
        assertThat(batch.dLogScale())
                .isCloseTo((first.dLogScale() + second.dLogScale() + third.dLogScale()) / 3, within(1e-9));
        // row 9, second in the batch, is without the second modality
        for (int k = 0; k < width; k++) {
            assertThat(batch.gradients()[(capacity + 1) * width + k]).isZero();
            assertThat((double) batch.gradients()[width + k]).isCloseTo(second.dX()[width + k] / 3, within(1e-6));
            assertThat((double) batch.gradients()[(2 * capacity + 2) * width + k])
                    .isCloseTo((second.dY()[2 * width + k] + third.dY()[width + k]) / 3, within(1e-6));
        }
        assertThat(losses.of(embeddings, order, 1, 1, 1.2).pairs()).isZero();
    }

    private static ContrastiveLoss pair(float[] embeddings, int capacity, int width, int a, int b, int... places) {
        double[] x = new double[places.length * width];
        double[] y = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            int place = places[i / width] * width + i % width;
            x[i] = embeddings[a * capacity * width + place];
            y[i] = embeddings[b * capacity * width + place];
        }
        return ContrastiveLoss.of(x, y, places.length, 1.2);
    }

    @Test
    void theTemperatureLearnsButStaysBelowItsBound() {
        Temperature temperature = new Temperature(0.5);
        assertThat(Math.exp(temperature.logScale())).isCloseTo(1 / 0.07, within(1e-9));
        temperature.step(1);
        assertThat(temperature.logScale()).isCloseTo(Math.log(1 / 0.07) - 0.5, within(1e-6));
        for (int i = 0; i < 50; i++) {
            temperature.step(-1);
        }
        assertThat(Math.exp(temperature.logScale())).isCloseTo(100, within(1e-9));
    }
}
