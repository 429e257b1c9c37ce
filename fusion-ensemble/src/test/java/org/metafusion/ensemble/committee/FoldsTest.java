package org.metafusion.ensemble.committee;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class FoldsTest {

    private final int[] rows = IntStream.range(100, 123).toArray();

    @Test
    void everyRowIsHeldOnceAndSeenOtherwise() {
        Folds folds = new Folds(rows, List.of(), 5, 1);

        int[] held = IntStream.range(0, 5)
                .flatMap(fold -> IntStream.of(folds.held(fold)))
                .toArray();
        assertThat(held).containsExactlyInAnyOrder(rows);
        for (int fold = 0; fold < 5; fold++) {
            assertThat(IntStream.concat(IntStream.of(folds.held(fold)), IntStream.of(folds.others(fold))))
                    .containsExactlyInAnyOrder(IntStream.of(rows).boxed().toArray(Integer[]::new));
            assertThat(folds.held(fold)).hasSizeBetween(4, 5);
        }
    }

    @Test
    void theSeedDecides() {
        assertThat(new Folds(rows, List.of(), 2, 1).held(0)).isEqualTo(new Folds(rows, List.of(), 2, 1).held(0));
        assertThat(new Folds(rows, List.of(), 2, 1).held(0)).isNotEqualTo(new Folds(rows, List.of(), 2, 2).held(0));
    }

    @Test
    void aSampleHasNoRowTwice() {
        assertThat(Folds.sample(rows, 7, 3)).hasSize(7).doesNotHaveDuplicates();
        assertThat(Folds.sample(rows, 99, 3)).containsExactlyInAnyOrder(rows);
    }

    @Test
    void groupsAreDealtWholeIntoFoldsOfAboutEqualSize() {
        List<String> groups =
                IntStream.range(0, 200).mapToObj(row -> "g" + row * row % 17).toList();
        int[] all = IntStream.range(0, 200).toArray();
        Folds folds = new Folds(all, groups, 4, 1);
        assertThat(folds.count()).isEqualTo(4);
        for (int fold = 0; fold < 4; fold++) {
            assertThat(folds.held(fold)).hasSizeBetween(40, 60);
            assertThat(IntStream.of(folds.held(fold)).mapToObj(groups::get))
                    .doesNotContainAnyElementsOf(IntStream.of(folds.others(fold))
                            .mapToObj(groups::get)
                            .toList());
        }
    }

    @Test
    void fewGroupsMakeFewFoldsAndOneGroupIsTakenForIndependentRows() {
        int[] all = IntStream.range(0, 30).toArray();
        List<String> three = IntStream.of(all).mapToObj(row -> "g" + row / 10).toList();
        assertThat(new Folds(all, three, 5, 1).count()).isEqualTo(3);
        assertThat(new Folds(all, Collections.nCopies(30, "g"), 5, 1).count()).isEqualTo(5);
    }
}
