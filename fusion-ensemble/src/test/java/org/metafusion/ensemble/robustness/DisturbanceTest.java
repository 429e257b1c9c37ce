package org.metafusion.ensemble.robustness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.metafusion.core.modality.FeatureTable;
import org.metafusion.core.modality.MultimodalDataset;
import org.metafusion.core.modality.Samples;
import org.metafusion.core.modality.Targets;
import org.metafusion.core.modality.Task;
import org.metafusion.ensemble.TinyData;
import org.metafusion.training.representation.Standardiser;

class DisturbanceTest {

    private static final MultimodalDataset ROWS = TinyData.of(TinyData.CLASSES, 200, true);
    private static final List<Standardiser> STANDARDISERS =
            ROWS.samples().tables().stream().map(Standardiser::fit).toList();

    static Stream<Disturbance> all() {
        return Stream.of(
                new GaussianNoise(STANDARDISERS),
                new FeatureDropout(STANDARDISERS),
                new RowSwap(),
                new Contradiction());
    }

    private static BitSet both() {
        return BitSet.valueOf(new long[] {3});
    }

    @ParameterizedTest
    @MethodSource("all")
    void levelZeroChangesNothingAndTheUsualLevelsBeginThere(Disturbance disturbance) {
        assertThat(disturbance.usualLevels()).isSorted().startsWith(0.0);
        Samples same = disturbance.disturbed(ROWS, both(), 0, 1);
        for (int m = 0; m < 2; m++) {
            assertThat(same.tables().get(m).values())
                    .isEqualTo(ROWS.samples().tables().get(m).values());
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void otherModalitiesAndMissingRowsStayAndTheSameSeedDoesTheSame(Disturbance disturbance) {
        BitSet first = BitSet.valueOf(new long[] {1});
        Samples disturbed = disturbance.disturbed(ROWS, first, 0.8, 4);
        assertThat(disturbed.tables().get(1)).isSameAs(ROWS.samples().tables().get(1));
        assertThat(disturbed.tables().get(0).missing())
                .isEqualTo(ROWS.samples().tables().get(0).missing());
        assertThat(disturbed.tables().get(0).values())
                .isNotEqualTo(ROWS.samples().tables().get(0).values())
                .isEqualTo(disturbance
                        .disturbed(ROWS, first, 0.8, 4)
                        .tables()
                        .get(0)
                        .values());
    }

    @ParameterizedTest
    @MethodSource("all")
    void aHigherLevelChangesWhatALowerOneChangesAndMore(Disturbance disturbance) {
        BitSet low = changed(disturbance.disturbed(ROWS, 0, 0.2, 4));
        BitSet high = changed(disturbance.disturbed(ROWS, 0, 0.6, 4));
        assertThat(low.isEmpty()).isFalse();
        low.andNot(high);
        assertThat(low.isEmpty()).isTrue();
    }

    /** The values that differ from before. */
    private static BitSet changed(FeatureTable table) {
        float[] before = ROWS.samples().tables().get(0).values();
        BitSet changed = new BitSet();
        for (int i = 0; i < before.length; i++) {
            changed.set(i, before[i] != table.values()[i]);
        }
        return changed;
    }

    @Test
    void noiseHasTheMeanAndDeviationOfTheTrainingRows() {
        Task task = TinyData.CLASSES;
        MultimodalDataset many = TinyData.of(task, 20_000, false);
        List<Standardiser> standardisers =
                many.samples().tables().stream().map(Standardiser::fit).toList();
        FeatureTable noisy = new GaussianNoise(standardisers).disturbed(many, 1, 0.5, 9);
        float[] before = many.samples().tables().get(1).values();
        for (int feature = 0; feature < 6; feature++) {
            double sum = 0;
            double squares = 0;
            for (int row = 0; row < 20_000; row++) {
                double noise = (noisy.values()[row * 6 + feature] - before[row * 6 + feature]) / 0.5;
                sum += noise / 20_000;
                squares += noise * noise / 20_000;
            }
            double deviation = 1 / standardisers.get(1).scale()[feature];
            // Four standard errors of a mean, and of a deviation, of 20 000.
            assertThat(sum).isCloseTo(standardisers.get(1).mean()[feature], within(0.03 * deviation));
            assertThat(Math.sqrt(squares - sum * sum)).isCloseTo(deviation, within(0.02 * deviation));
        }
    }

    @Test
    void dropoutSetsTheShareOfFeaturesToTheMean() {
        FeatureTable dropped = new FeatureDropout(STANDARDISERS).disturbed(ROWS, 0, 0.4, 2);
        float[] mean = STANDARDISERS.get(0).mean();
        int missing = ROWS.samples().tables().get(0).missingCount();
        long count = IntStream.range(0, 200 * 8)
                .filter(i -> dropped.isPresent(i / 8) && dropped.values()[i] == mean[i % 8])
                .count();
        assertThat(count / (8.0 * (200 - missing))).isCloseTo(0.4, within(0.05)); // four standard errors
    }

    @Test
    void aFullSwapOnlyDealsTheRowsOutAnew() {
        FeatureTable before = ROWS.samples().tables().get(0);
        FeatureTable swapped = new RowSwap().disturbed(ROWS, 0, 1, 2);
        assertThat(rows(swapped)).containsExactlyInAnyOrderElementsOf(rows(before));
        assertThat(IntStream.range(0, 200)
                        .filter(before::isPresent)
                        .filter(row ->
                                rows(before).get(row).equals(rows(swapped).get(row))))
                .isEmpty();
    }

    @Test
    void aContradictingModalityComesFromARowOfAnotherLabel() {
        int[] labels = ((Targets.Labels) ROWS.targets()).labels();
        FeatureTable before = ROWS.samples().tables().get(0);
        FeatureTable contradicting = new Contradiction().disturbed(ROWS, 0, 1, 2);
        for (int row = 0; row < 200; row++) {
            if (before.isPresent(row)) {
                int source = rows(before).indexOf(rows(contradicting).get(row));
                assertThat(labels[source]).isNotEqualTo(labels[row]);
            }
        }
    }

    @Test
    void aContradictingValueIsOnTheOtherSideOfTheMedian() {
        MultimodalDataset values = TinyData.of(TinyData.VALUE, 101, false);
        float[] y = ((Targets.Values) values.targets()).values();
        float[] sorted = y.clone();
        Arrays.sort(sorted);
        FeatureTable before = values.samples().tables().get(0);
        FeatureTable contradicting = new Contradiction().disturbed(values, 0, 1, 2);
        for (int row = 0; row < 101; row++) {
            int source = rows(before).indexOf(rows(contradicting).get(row));
            assertThat(y[source] >= sorted[50]).isNotEqualTo(y[row] >= sorted[50]);
        }
    }

    @Test
    void whereMostValuesAreTheLowestTheOthersContradictThem() {
        MultimodalDataset drawn = TinyData.of(TinyData.VALUE, 101, false);
        float[] y = new float[101];
        for (int row = 70; row < 101; row++) {
            y[row] = row;
        }
        MultimodalDataset values =
                new MultimodalDataset("counts", drawn.samples(), new Targets.Values(TinyData.VALUE, y));
        FeatureTable before = values.samples().tables().get(0);
        FeatureTable contradicting = new Contradiction().disturbed(values, 0, 1, 2);
        for (int row = 0; row < 101; row++) {
            int source = rows(before).indexOf(rows(contradicting).get(row));
            assertThat(y[source] > 0).isNotEqualTo(y[row] > 0);
        }
    }

    private static List<List<Float>> rows(FeatureTable table) {
        return IntStream.range(0, table.rows())
                .mapToObj(row -> IntStream.range(0, table.modality().width())
                        .mapToObj(j -> table.values()[row * table.modality().width() + j])
                        .toList())
                .toList();
    }
}
