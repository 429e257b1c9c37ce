package org.metafusion.training.forest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.metafusion.training.forest.ForestExtractorTest.TREES;
import static org.metafusion.training.forest.ForestExtractorTest.VALUES;
import static org.metafusion.training.forest.ForestExtractorTest.WIDTH;
import static org.metafusion.training.forest.ForestExtractorTest.answers;
import static org.metafusion.training.forest.ForestExtractorTest.correlation;
import static org.metafusion.training.forest.ForestExtractorTest.features;
import static org.metafusion.training.forest.ForestExtractorTest.fit;

import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.metafusion.core.modality.Targets;
import org.metafusion.core.representation.FittedExtractor;
import org.metafusion.core.representation.StandardisedRows;

/** What is said of rows by the trees that did not grow on them, nor on rows of their group. */
final class OutOfBagTest {

    @Test
    void whatIsSaidOutOfBagIsNotASiblingsAnswer() {
        int visits = 5;
        int patients = 60;
        float[] each = features(patients, 5);
        SplittableRandom random = new SplittableRandom(6);
        float[] features = new float[patients * visits * WIDTH];
        float[] answers = new float[patients * visits];
        for (int row = 0; row < answers.length; row++) {
            int patient = row / visits;
            answers[row] = (float) new SplittableRandom(patient).nextGaussian();
            for (int j = 0; j < WIDTH; j++) {
                features[row * WIDTH + j] = each[patient * WIDTH + j] + (float) (0.01 * random.nextGaussian());
            }
        }
        StandardisedRows rows = StandardisedRows.complete(features, answers.length, WIDTH);
        Targets targets = new Targets.Values(VALUES, answers);
        List<String> groups = IntStream.range(0, answers.length)
                .mapToObj(row -> "patient" + row / visits)
                .toList();
        float[] alone = fit(rows, targets, TREES, 1).outOfBag().orElseThrow();
        float[] grouped = fit(rows, targets, TREES, 1, groups).outOfBag().orElseThrow();
        assertThat(correlation(alone, answers)).isGreaterThan(0.9);
        assertThat(correlation(grouped, answers)).isBetween(-0.4, 0.4);
        float[] sampled = fit(new ForestExtractor(100), rows, targets, TREES, 1, groups)
                .outOfBag()
                .orElseThrow();
        assertThat(correlation(sampled, answers)).isBetween(-0.4, 0.4);
    }

    @Test
    void ofARowThatEveryTreeGrewOnNothingIsSaid() {
        float[] learned = features(200, 7);
        float[] said = fit(
                        StandardisedRows.complete(learned, 200, WIDTH),
                        new Targets.Values(VALUES, answers(learned)),
                        1,
                        1)
                .outOfBag()
                .orElseThrow();
        long nothing = IntStream.range(0, 200).filter(row -> said[row] == 0).count();
        assertThat(nothing).isBetween(100L, 150L);
        assertThat(correlation(said, answers(learned))).isLessThan(0.6);
    }

    @Test
    void whereNoRowIsOutOfBagAForestStillPredicts() {
        float[] learned = features(40, 7);
        StandardisedRows rows = StandardisedRows.complete(learned, 40, WIDTH);
        Targets targets = new Targets.Values(VALUES, answers(learned));
        List<String> two = IntStream.range(0, 40).mapToObj(row -> "g" + row % 2).toList();
        FittedExtractor forest = IntStream.range(0, 20)
                .mapToObj(seed -> fit(rows, targets, 1, seed, two))
                .filter(one -> isZero(one.outOfBag().orElseThrow()))
                .findFirst()
                .orElseThrow();
        assertThat(correlation(forest.apply(learned, 40), answers(learned))).isGreaterThan(0.5);
    }

    private static boolean isZero(float[] values) {
        return java.util.Arrays.equals(values, new float[values.length]);
    }

    @Test
    void rowsThatAreAllOneGroupAreDrawnAsIfIndependent() {
        float[] learned = features(100, 7);
        StandardisedRows rows = StandardisedRows.complete(learned, 100, WIDTH);
        Targets targets = new Targets.Values(VALUES, answers(learned));
        assertThat(fit(rows, targets, TREES, 1, Collections.nCopies(100, "all")).outOfBag())
                .hasValueSatisfying(said -> assertThat(said)
                        .isEqualTo(fit(rows, targets, TREES, 1).outOfBag().orElseThrow()));
    }
}
