package org.metafusion.training.representation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.metafusion.core.modality.FeatureTable;
import org.metafusion.core.modality.Modality;
import org.metafusion.core.modality.MultimodalDataset;
import org.metafusion.core.modality.Samples;
import org.metafusion.core.modality.Targets;
import org.metafusion.core.modality.Task;

/** Which rows extractors are fitted on where there are many. */
final class ExtractionSampleTest {

    private static final int ROWS = 500;
    private static final int[] ALL = IntStream.range(0, ROWS).toArray();

    /** Modality {@code rare} is there in the last 20 rows alone. */
    private static MultimodalDataset data() {
        BitSet missing = new BitSet();
        missing.set(0, ROWS - 20);
        List<FeatureTable> tables = List.of(
                FeatureTable.complete(Modality.of("usual", 1), ROWS, new float[ROWS]),
                new FeatureTable(Modality.of("rare", 3), ROWS, new float[3 * ROWS], missing));
        Task.Regression task = new Task.Regression(List.of("y"));
        return new MultimodalDataset(
                "data",
                new Samples(IntStream.of(ALL).mapToObj(String::valueOf).toList(), tables),
                new Targets.Values(task, new float[ROWS]));
    }

    @Test
    void fewRowsAreAllTaken() {
        assertThat(new ExtractionSample(ROWS, 1, 10).of(data(), ALL)).isEqualTo(ALL);
        assertThat(ExtractionSample.USUAL.of(data(), ALL)).isEqualTo(ALL);
    }

    @Test
    void manyRowsAreDrawnFromAllAscending() {
        ExtractionSample sample = new ExtractionSample(100, 1, 0);
        int[] drawn = sample.of(data(), ALL);

        assertThat(drawn).hasSize(100).isSorted().doesNotHaveDuplicates();
        assertThat(sample.of(data(), ALL)).isEqualTo(drawn);
        assertThat(drawn[0]).isLessThan(50);
        assertThat(drawn[99]).isGreaterThan(450);
    }

    @Test
    void onlyRowsThatAreGivenAreDrawn() {
        int[] even = Arrays.stream(ALL).filter(row -> row % 2 == 0).toArray();
        int[] drawn = new ExtractionSample(100, 1, 15).of(data(), even);

        assertThat(Arrays.stream(drawn)).allMatch(row -> row % 2 == 0).hasSizeGreaterThanOrEqualTo(100);
    }

    @Test
    void aModalityOfFewRowsIsNotLost() {
        int[] drawn = new ExtractionSample(10, 1, 15).of(data(), ALL);

        assertThat(Arrays.stream(drawn).filter(row -> row >= ROWS - 20)).hasSize(15);
        assertThat(drawn).isSorted().doesNotHaveDuplicates();
        assertThat(Arrays.stream(new ExtractionSample(10, 1, 1000).of(data(), ALL))
                        .filter(row -> row >= ROWS - 20))
                .hasSize(20);
    }

    @Test
    void groupsAreDrawnWhole() {
        MultimodalDataset grouped = data().withGroups(
                        IntStream.of(ALL).mapToObj(row -> "g" + row % 62).toList());
        int[] drawn = new ExtractionSample(100, 1, 15).of(grouped, ALL);

        assertThat(drawn).isSorted().doesNotHaveDuplicates().hasSizeBetween(90, 250);
        assertThat(Arrays.stream(drawn).filter(row -> row >= ROWS - 20)).hasSizeGreaterThanOrEqualTo(15);
        Set<Integer> inside = Arrays.stream(drawn).map(row -> row % 62).boxed().collect(Collectors.toSet());
        assertThat(Arrays.stream(ALL).filter(row -> inside.contains(row % 62))).hasSize(drawn.length);
    }

    @Test
    void ofALargeGroupRowsAreDrawnAndTheOthersAreNotDisplaced() {
        for (int large : new int[] {450, 400, 250, 50}) {
            MultimodalDataset grouped = data().withGroups(IntStream.of(ALL)
                    .mapToObj(row -> row < large ? "large" : "g" + row / 5)
                    .toList());
            int[] drawn = new ExtractionSample(200, 1, 0).of(grouped, ALL);

            assertThat(drawn).isSorted().doesNotHaveDuplicates().hasSizeBetween(190, 200);
            double share = Arrays.stream(drawn).filter(row -> row < large).count() / 200.0;
            assertThat(share).isCloseTo(large / 500.0, within(0.12));
        }
    }

    @Test
    void wideRowsAreFewer() {
        assertThat(new ExtractionSample(50_000, 1 << 15, 0).rows(data())).isEqualTo(1 << 13);
        assertThat(new ExtractionSample(50_000, 1 << 20, 0).rows(data())).isEqualTo(50_000);
        assertThat(new ExtractionSample(50_000, 1, 0).rows(data())).isEqualTo(2_000);
    }
}
