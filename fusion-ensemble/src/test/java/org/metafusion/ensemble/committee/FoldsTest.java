package org.metafusion.ensemble.committee;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class FoldsTest {

    private final int[] rows = IntStream.range(100, 123).toArray();

    @Test
    void everyRowIsHeldOnceAndSeenOtherwise() {
        Folds folds = new Folds(rows, 5, 1);

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
        assertThat(new Folds(rows, 2, 1).held(0)).isEqualTo(new Folds(rows, 2, 1).held(0));
        assertThat(new Folds(rows, 2, 1).held(0)).isNotEqualTo(new Folds(rows, 2, 2).held(0));
    }

    @Test
    void aSampleHasNoRowTwice() {
        assertThat(Folds.sample(rows, 7, 3)).hasSize(7).doesNotHaveDuplicates();
        assertThat(Folds.sample(rows, 99, 3)).containsExactlyInAnyOrder(rows);
    }
}
