package org.metafusion.training.representation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

/** Which rows are held out to judge by. */
final class HeldOutRowsTest {

    private static List<Integer> all(HeldOutRows parts) {
        return IntStream.concat(Arrays.stream(parts.learning()), Arrays.stream(parts.held()))
                .sorted()
                .boxed()
                .toList();
    }

    private static Set<String> groups(int[] rows, List<String> groups) {
        return Arrays.stream(rows).mapToObj(groups::get).collect(Collectors.toSet());
    }

    @Test
    void asManyIndependentRowsAsAreAskedForAreHeldOut() {
        int[] rows = IntStream.range(5, 55).toArray();
        HeldOutRows parts = HeldOutRows.of(rows, List.of(), 10, 3);
        assertThat(parts.held()).hasSize(10);
        assertThat(all(parts)).isEqualTo(IntStream.range(5, 55).boxed().toList());
    }

    @RepeatedTest(100)
    void noGroupIsDivided(RepetitionInfo repetition) {
        int seed = repetition.getCurrentRepetition();
        Random random = new Random(seed);
        List<String> groups = random.ints(2 + random.nextInt(60), 0, 10)
                .mapToObj(String::valueOf)
                .toList();
        int count = Math.max(1, groups.size() / 5);
        HeldOutRows parts = HeldOutRows.of(IntStream.range(0, groups.size()).toArray(), groups, count, seed);
        assertThat(all(parts))
                .isEqualTo(IntStream.range(0, groups.size()).boxed().toList());
        assertThat(parts.held()).isNotEmpty().hasSizeLessThanOrEqualTo(groups.size() / 2);
        assertThat(parts.learning()).isNotEmpty();
        if (Set.copyOf(groups).size() > 1) {
            assertThat(groups(parts.held(), groups)).doesNotContainAnyElementsOf(groups(parts.learning(), groups));
        }
    }

    @Test
    void aGroupOfMostRowsIsLearnedFrom() {
        List<String> groups = IntStream.range(0, 100)
                .mapToObj(row -> row < 70 ? "large" : "g" + row / 10)
                .toList();
        Set<Set<String>> held = new HashSet<>();
        for (int seed = 0; seed < 20; seed++) {
            HeldOutRows parts = HeldOutRows.of(IntStream.range(0, 100).toArray(), groups, 20, seed);
            assertThat(parts.held()).hasSize(20);
            held.add(groups(parts.held(), groups));
        }
        assertThat(held).hasSize(3).noneMatch(some -> some.contains("large"));
    }

    @Test
    void theSmallestIsHeldOutWhereAllGroupsAreLarge() {
        List<String> groups =
                IntStream.range(0, 20).mapToObj(row -> row < 11 ? "a" : "b").toList();
        HeldOutRows parts = HeldOutRows.of(IntStream.range(0, 20).toArray(), groups, 2, 1);
        assertThat(groups(parts.held(), groups)).containsExactly("b");
        assertThat(groups(parts.learning(), groups)).containsExactly("a");
    }

    @Test
    void rowsThatAreAllOneGroupAreDivided() {
        HeldOutRows parts = HeldOutRows.of(IntStream.range(0, 20).toArray(), Collections.nCopies(20, "patient"), 4, 1);
        assertThat(parts.held()).hasSize(4);
    }
}
