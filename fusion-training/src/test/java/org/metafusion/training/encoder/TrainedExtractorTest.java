package org.metafusion.training.encoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
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

/** Encoders trained for the task and for their own input. */
final class TrainedExtractorTest {

    private static final Task.Classification TASK = new Task.Classification(List.of("same", "different"));
    private static final int TRAIN = 400;
    private static final int ROWS = 600;
    private static final int WIDTH = 10;

    private final TensorBackend backend = new CpuBackend(new BackendConfig(2));
    private final float[] values = new float[ROWS * WIDTH];
    private final double[] latent = new double[ROWS * 2];
    private final int[] labels = new int[ROWS];

    /** Ten features that mix two latent variables; the class is whether these have the same sign. */
    TrainedExtractorTest() {
        Random random = new Random(12);
        double[] mixing = random.doubles(2 * WIDTH, -1, 1).toArray();
        for (int row = 0; row < ROWS; row++) {
            double a = random.nextGaussian();
            double b = random.nextGaussian();
            latent[2 * row] = a;
            latent[2 * row + 1] = b;
            labels[row] = a * b > 0 ? 0 : 1;
            for (int j = 0; j < WIDTH; j++) {
                values[row * WIDTH + j] = (float) (a * mixing[j] + b * mixing[WIDTH + j]);
            }
        }
    }

    @AfterEach
    void close() {
        backend.close();
    }

    private ExtractionRows rows(BitSet missing) {
        float[] seen = Arrays.copyOf(values, TRAIN * WIDTH);
        missing.stream().forEach(row -> Arrays.fill(seen, row * WIDTH, (row + 1) * WIDTH, 0f));
        return new ExtractionRows(
                List.of(new StandardisedRows(seen, TRAIN, WIDTH, missing)),
                new Targets.Labels(TASK, Arrays.copyOf(labels, TRAIN)),
                5,
                backend);
    }

    /** The R squared, on the rows not trained on, of least squares from the features and 1 to {@code wanted}. */
    private static double explained(float[] features, int width, double[] wanted) {
        int k = width + 1;
        double[][] system = new double[k][k + 1];
        for (int row = 0; row < TRAIN; row++) {
            double[] x = row(features, width, row);
            for (int a = 0; a < k; a++) {
                for (int b = 0; b < k; b++) {
                    system[a][b] += x[a] * x[b] + (a == b ? 1e-6 : 0);
                }
                system[a][k] += x[a] * wanted[row];
            }
        }
        double[] weights = solve(system);
        double residual = 0;
        double total = 0;
        for (int row = TRAIN; row < ROWS; row++) {
            double[] x = row(features, width, row);
            double said =
                    IntStream.range(0, k).mapToDouble(a -> weights[a] * x[a]).sum();
            residual += (wanted[row] - said) * (wanted[row] - said);
            total += wanted[row] * wanted[row];
        }
        return 1 - residual / total;
    }

    private static double[] row(float[] features, int width, int row) {
        double[] x = new double[width + 1];
        for (int c = 0; c < width; c++) {
            x[c] = features[row * width + c];
        }
        x[width] = 1;
        return x;
    }

    private static double[] solve(double[][] system) {
        int k = system.length;
        for (int p = 0; p < k; p++) {
            for (int row = 0; row < k; row++) {
                if (row != p) {
                    double factor = system[row][p] / system[p][p];
                    for (int c = p; c <= k; c++) {
                        system[row][c] -= factor * system[p][c];
                    }
                }
            }
        }
        return IntStream.range(0, k)
                .mapToDouble(p -> system[p][k] / system[p][p])
                .toArray();
    }

    private double[] signs() {
        return Arrays.stream(labels).mapToDouble(label -> label == 0 ? 1 : -1).toArray();
    }

    private static FittedExtractor fit(TrainedExtractor extractor, ExtractionRows rows, int width) {
        return extractor.fit(rows, List.of(new Extraction(0, width))).get(0);
    }

    @Test
    void aSupervisedEncoderMakesTheTaskLinear() {
        double raw = explained(values, WIDTH, signs());
        float[] features =
                fit(TrainedExtractor.supervised(), rows(new BitSet()), 4).apply(values, ROWS);
        assertThat(raw).isLessThan(0.1);
        assertThat(explained(features, 4, signs())).isGreaterThan(0.5);
    }

    @Test
    void anAutoencoderKeepsWhatItsInputIsMadeOf() {
        float[] features =
                fit(TrainedExtractor.autoencoder(), rows(new BitSet()), 3).apply(values, ROWS);
        for (int l = 0; l < 2; l++) {
            int variable = l;
            double[] one = IntStream.range(0, ROWS)
                    .mapToDouble(row -> latent[2 * row + variable])
                    .toArray();
            assertThat(explained(features, 3, one)).isGreaterThan(0.8);
        }
    }

    static Stream<TrainedExtractor> both() {
        return Stream.of(TrainedExtractor.supervised(), TrainedExtractor.autoencoder());
    }

    @ParameterizedTest
    @MethodSource("both")
    void featuresHaveUnitScaleAndAreTheSameAgain(TrainedExtractor extractor) {
        BitSet missing = new BitSet();
        missing.set(3);
        ExtractionRows rows = rows(missing);
        List<FittedExtractor> fitted = extractor.fit(rows, List.of(new Extraction(0, 4), new Extraction(0, 2)));
        assertThat(fitted).extracting(FittedExtractor::width).containsExactly(4, 2);
        StandardisedRows present = rows.modalities().get(0).present();
        assertThat(present.rows()).isEqualTo(TRAIN - 1);
        float[] features = fitted.get(1).apply(present.values(), present.rows());
        double variance = 0;
        for (float feature : features) {
            variance += (double) feature * feature / features.length;
        }
        assertThat(variance).isCloseTo(1, within(1e-4));
        List<FittedExtractor> again = extractor.fit(rows, List.of(new Extraction(0, 4), new Extraction(0, 2)));
        assertThat(again.get(1).apply(present.values(), present.rows())).isEqualTo(features);
        assertThat(fit(extractor, rows, 2).apply(present.values(), present.rows()))
                .isEqualTo(features);
        assertThat(extractor.restore(fitted.get(1).state()).apply(present.values(), present.rows()))
                .isEqualTo(features);
    }

    @ParameterizedTest
    @MethodSource("both")
    void rowsToStopByAreDrawnByGroups(TrainedExtractor extractor) {
        ExtractionRows alone = rows(new BitSet());
        float[] features = fit(extractor, alone, 2).apply(values, ROWS);
        assertThat(fit(extractor, grouped(alone, 1), 2).apply(values, ROWS)).isEqualTo(features);
        assertThat(fit(extractor, grouped(alone, 40), 2).apply(values, ROWS)).isNotEqualTo(features);
    }

    private static ExtractionRows grouped(ExtractionRows rows, int size) {
        List<String> groups =
                IntStream.range(0, TRAIN).mapToObj(row -> "g" + row / size).toList();
        return new ExtractionRows(rows.modalities(), rows.targets(), rows.seed(), rows.backend(), rows.units(), groups);
    }

    @Test
    void aSingleRowIsTooLittle() {
        ExtractionRows one = new ExtractionRows(
                List.of(StandardisedRows.complete(new float[WIDTH], 1, WIDTH)),
                new Targets.Labels(TASK, new int[1]),
                5,
                backend);
        assertThatThrownBy(() -> fit(TrainedExtractor.autoencoder(), one, 2))
                .isInstanceOf(FusionException.class)
                .hasMessage(
                        "Extractor 'ae' needs 2 training rows or more of a modality, one to learn from and one to stop"
                                + " by, but got 1");
    }
}
