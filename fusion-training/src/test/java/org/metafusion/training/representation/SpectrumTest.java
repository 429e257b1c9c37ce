package org.metafusion.training.representation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The two halves of a principal component analysis. */
final class SpectrumTest {

    @ParameterizedTest(name = "{0} rows, {1} columns")
    @CsvSource({"1, 1", "3, 5", "7, 63", "30, 65", "9, 257", "6, 330"})
    void crossProductsAreThoseOfTheColumns(int rows, int columns) {
        double[] x = random(rows * columns);
        double[] products = CrossProducts.of(x, rows, columns);
        for (int i = 0; i < columns; i++) {
            for (int j = 0; j < columns; j++) {
                double sum = 0;
                for (int row = 0; row < rows; row++) {
                    sum += x[row * columns + i] * x[row * columns + j];
                }
                assertThat(products[i * columns + j]).as("%d, %d", i, j).isCloseTo(sum, within(1e-12));
            }
        }
    }

    @ParameterizedTest(name = "{1} of {0}")
    @CsvSource({"1, 1", "5, 5", "5, 9", "40, 7", "300, 12"})
    void pairsAreOrthonormalDescendingAndEigen(int size, int wanted) {
        double[] matrix = CrossProducts.of(random(2 * size * size), 2 * size, size);
        Spectrum spectrum = Spectrum.of(matrix.clone(), size, wanted);
        assertThat(spectrum.count()).isEqualTo(Math.min(size, wanted));
        for (int a = 0; a < spectrum.count(); a++) {
            double value = spectrum.values()[a];
            for (int i = 0; i < size; i++) {
                double image = 0;
                for (int j = 0; j < size; j++) {
                    image += matrix[i * size + j] * spectrum.vectors()[a * size + j];
                }
                assertThat(image).isCloseTo(value * spectrum.vectors()[a * size + i], within(1e-9 * size));
            }
            for (int b = 0; b <= a; b++) {
                double dot = 0;
                for (int j = 0; j < size; j++) {
                    dot += spectrum.vectors()[a * size + j] * spectrum.vectors()[b * size + j];
                }
                assertThat(dot).as("%d, %d", a, b).isCloseTo(a == b ? 1 : 0, within(1e-10));
            }
            assertThat(value).isLessThanOrEqualTo(spectrum.values()[Math.max(0, a - 1)]);
        }
    }

    @Test
    void aMatrixOfLowRankGivesItsRank() {
        double[] x = random(3 * 50);
        Spectrum spectrum = Spectrum.of(CrossProducts.of(x, 3, 50), 50, 10);
        assertThat(spectrum.count()).isEqualTo(3);
        assertThat(spectrum.total())
                .isCloseTo(spectrum.values()[0] + spectrum.values()[1] + spectrum.values()[2], within(1e-9));
    }

    @Test
    void nothingButZerosGivesOnePairOfValueZero() {
        Spectrum spectrum = Spectrum.of(new double[16], 4, 3);
        assertThat(spectrum.values()).containsExactly(0);
    }

    private static double[] random(int count) {
        SplittableRandom random = new SplittableRandom(5);
        return random.doubles(count, -1, 1).toArray();
    }
}
