package org.metafusion.training.forest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.metafusion.core.FusionException;
import org.metafusion.core.modality.Targets;
import org.metafusion.core.modality.Task;
import org.metafusion.core.representation.Extraction;
import org.metafusion.core.representation.ExtractionRows;
import org.metafusion.core.representation.FeatureUnits;
import org.metafusion.core.representation.FittedExtractor;
import org.metafusion.core.representation.StandardisedRows;
import org.metafusion.core.tensor.BackendConfig;
import org.metafusion.core.tensor.TensorBackend;
import org.metafusion.cpu.CpuBackend;

/** What forests say of rows they grew on, and of others. */
final class ForestExtractorTest {

    static final int WIDTH = 6;
    static final int TREES = 60;
    private static final Task.Classification CLASSES = new Task.Classification(List.of("low", "middle", "high"));
    static final Task.Regression VALUES = new Task.Regression(List.of("answer"));

    static float[] features(int rows, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] values = new float[rows * WIDTH];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }

    /** Whether two features have the same sign, which no linear model can tell, plus a third of the next. */
    static float[] answers(float[] features) {
        float[] answers = new float[features.length / WIDTH];
        for (int row = 0; row < answers.length; row++) {
            float[] x = java.util.Arrays.copyOfRange(features, row * WIDTH, (row + 1) * WIDTH);
            answers[row] = (x[0] * x[1] > 0 ? 1 : -1) + x[2] / 3;
        }
        return answers;
    }

    private static Targets.Labels labels(float[] answers) {
        int[] labels = new int[answers.length];
        for (int row = 0; row < labels.length; row++) {
            labels[row] = answers[row] < -0.8 ? 0 : answers[row] < 0.8 ? 1 : 2;
        }
        return new Targets.Labels(CLASSES, labels);
    }

    static FittedExtractor fit(StandardisedRows rows, Targets targets, int trees, long seed) {
        return fit(rows, targets, trees, seed, List.of());
    }

    static FittedExtractor fit(StandardisedRows rows, Targets targets, int trees, long seed, List<String> groups) {
        return fit(new ForestExtractor(), rows, targets, trees, seed, groups);
    }

    static FittedExtractor fit(
            ForestExtractor extractor,
            StandardisedRows rows,
            Targets targets,
            int trees,
            long seed,
            List<String> groups) {
        try (TensorBackend backend = new CpuBackend(new BackendConfig(1))) {
            ExtractionRows given = new ExtractionRows(
                    List.of(rows), targets, seed, backend, List.of(FeatureUnits.none(rows.width())), groups);
            return extractor.fit(given, List.of(new Extraction(0, trees))).get(0);
        }
    }

    static FittedExtractor fit(float[] features, Targets targets) {
        return fit(StandardisedRows.complete(features, features.length / WIDTH, WIDTH), targets, TREES, 1);
    }

    static double correlation(float[] a, float[] b) {
        double meanA =
                IntStream.range(0, a.length).mapToDouble(i -> a[i]).average().orElseThrow();
        double meanB =
                IntStream.range(0, b.length).mapToDouble(i -> b[i]).average().orElseThrow();
        double products = 0;
        double squaresA = 0;
        double squaresB = 0;
        for (int i = 0; i < a.length; i++) {
            products += (a[i] - meanA) * (b[i] - meanB);
            squaresA += (a[i] - meanA) * (a[i] - meanA);
            squaresB += (b[i] - meanB) * (b[i] - meanB);
        }
        return products / Math.sqrt(squaresA * squaresB);
    }

    @Test
    void valuesThatNoLinearModelTellsArePredicted() {
        float[] learned = features(500, 1);
        float[] others = features(300, 2);
        FittedExtractor forest = fit(learned, new Targets.Values(VALUES, answers(learned)));
        assertThat(forest.width()).isEqualTo(1);
        assertThat(correlation(forest.apply(others, 300), answers(others))).isGreaterThan(0.7);
    }

    @Test
    void theLargestFeatureIsTheLikeliestClass() {
        float[] learned = features(500, 3);
        float[] others = features(300, 4);
        FittedExtractor forest = fit(learned, labels(answers(learned)));
        assertThat(forest.width()).isEqualTo(3);
        double deviation = 0;
        int right = 0;
        float[] said = forest.apply(others, 300);
        float[] mean = java.util.Objects.requireNonNull(forest.state().get("mean"));
        float scale = java.util.Objects.requireNonNull(forest.state().get("scale"))[0];
        int[] truth = labels(answers(others)).labels();
        for (int row = 0; row < 300; row++) {
            double sum = 0;
            int likeliest = 0;
            for (int k = 0; k < 3; k++) {
                double share = Math.exp(said[3 * row + k] / scale + mean[k]) - 0.01;
                sum += share;
                likeliest = said[3 * row + k] / scale + mean[k] > said[3 * row + likeliest] / scale + mean[likeliest]
                        ? k
                        : likeliest;
            }
            deviation = Math.max(deviation, Math.abs(sum - 1));
            right += likeliest == truth[row] ? 1 : 0;
        }
        assertThat(deviation).isLessThan(1e-4);
        assertThat(right).isGreaterThan(220);
    }

    @Test
    void whatIsSaidOutOfBagIsAsGoodAsOnOtherRowsWhereTheRestKnowsTheAnswers() {
        float[] learned = features(400, 5);
        SplittableRandom random = new SplittableRandom(6);
        float[] noise = new float[400];
        for (int row = 0; row < noise.length; row++) {
            noise[row] = (float) random.nextGaussian();
        }
        FittedExtractor forest = fit(learned, new Targets.Values(VALUES, noise));
        float[] outOfBag = forest.outOfBag().orElseThrow();
        assertThat(correlation(forest.apply(learned, 400), noise)).isGreaterThan(0.8);
        assertThat(Math.abs(correlation(outOfBag, noise))).isLessThan(0.15);
    }

    @Test
    void theWidestFeatureHasDeviationSix() {
        float[] learned = features(200, 7);
        float[] outOfBag = fit(learned, labels(answers(learned))).outOfBag().orElseThrow();
        double widest = 0;
        for (int k = 0; k < 3; k++) {
            double sum = 0;
            double squares = 0;
            for (int row = 0; row < 200; row++) {
                sum += outOfBag[3 * row + k];
                squares += outOfBag[3 * row + k] * outOfBag[3 * row + k];
            }
            assertThat(sum / 200).isCloseTo(0, within(1e-4));
            widest = Math.max(widest, Math.sqrt(squares / 200));
        }
        assertThat(widest).isCloseTo(6, within(1e-4));
    }

    @Test
    void rowsWithoutTheModalityAreNoneOfTheForests() {
        float[] learned = features(100, 8);
        BitSet missing = new BitSet();
        missing.set(3);
        missing.set(50);
        Targets.Labels targets = labels(answers(learned));
        FittedExtractor some = fit(new StandardisedRows(learned, 100, WIDTH, missing), targets, TREES, 1);
        int[] present = IntStream.range(0, 100).filter(row -> !missing.get(row)).toArray();
        StandardisedRows rest = StandardisedRows.complete(learned, 100, WIDTH).select(present);
        FittedExtractor without = fit(rest, targets.select(present), TREES, 1);
        assertThat(some.outOfBag().orElseThrow())
                .hasSize(98 * 3)
                .isEqualTo(without.outOfBag().orElseThrow());
        assertThat(some.apply(learned, 100)).isEqualTo(without.apply(learned, 100));
    }

    @Test
    void theSameSeedGrowsTheSameTreesAndAnotherSeedOthers() {
        float[] learned = features(100, 9);
        Targets.Labels targets = labels(answers(learned));
        StandardisedRows rows = StandardisedRows.complete(learned, 100, WIDTH);
        float[] said = fit(rows, targets, 10, 1).apply(learned, 100);
        assertThat(fit(rows, targets, 10, 1).apply(learned, 100)).isEqualTo(said);
        assertThat(fit(rows, targets, 10, 2).apply(learned, 100)).isNotEqualTo(said);
    }

    @Test
    void aRowAloneHasTheBitsItHasAmongOthers() {
        float[] learned = features(80, 10);
        FittedExtractor forest = fit(learned, labels(answers(learned)));
        float[] all = forest.apply(learned, 80);
        float[] alone = forest.apply(java.util.Arrays.copyOfRange(learned, 7 * WIDTH, 8 * WIDTH), 1);
        assertThat(alone).containsExactly(all[21], all[22], all[23]);
    }

    @ParameterizedTest(name = "features {0}, targets {1}")
    @CsvSource({"false, true", "true, false", "true, true"})
    void whatDoesNotVarySaysNothing(boolean constantFeatures, boolean constantTargets) {
        float[] learned = constantFeatures ? new float[50 * WIDTH] : features(50, 11);
        float[] answers = constantTargets ? new float[50] : answers(features(50, 12));
        FittedExtractor forest = fit(learned, new Targets.Values(VALUES, answers));
        assertThat(forest.apply(features(5, 13), 5)).doesNotContain(Float.NaN);
        float[] said = forest.apply(features(5, 13), 5);
        assertThat(said).containsOnly(constantTargets ? 0f : said[0]);
    }

    @Test
    void aStoredForestSaysTheSameAndKnowsNoRows() {
        float[] learned = features(80, 14);
        for (Targets targets : List.of(labels(answers(learned)), new Targets.Values(VALUES, answers(learned)))) {
            FittedExtractor forest = fit(learned, targets);
            FittedExtractor restored = new ForestExtractor().restore(forest.state());
            assertThat(restored.apply(learned, 80)).isEqualTo(forest.apply(learned, 80));
            assertThat(restored.outOfBag()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({"children, 0", "children, 100000", "features, -7", "roots, 99999", "roots, -1"})
    void aStoredForestThatLeadsNowhereIsRefused(String array, float value) {
        float[] learned = features(80, 15);
        Map<String, float[]> state =
                new HashMap<>(fit(learned, labels(answers(learned))).state());
        float[] broken = java.util.Objects.requireNonNull(state.get(array)).clone();
        broken[0] = value;
        state.put(array, broken);
        assertThatThrownBy(() -> new ForestExtractor().restore(state))
                .isInstanceOf(FusionException.class)
                .hasMessageMatching("A stored 'forest' of 60 trees with \\d+ nodes does not fit together; store the"
                        + " model again");
    }

    @Test
    void aStoredForestWithoutItsScaleIsRefused() {
        float[] learned = features(80, 16);
        Map<String, float[]> state =
                new HashMap<>(fit(learned, labels(answers(learned))).state());
        state.put("scale", new float[0]);
        assertThatThrownBy(() -> new ForestExtractor().restore(state))
                .isInstanceOf(FusionException.class)
                .hasMessage(
                        "A stored 'forest' has 3 means, 0 scales and 1 kinds, but needs some, one and one; store the"
                                + " model again");
    }
}
