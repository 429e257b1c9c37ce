package org.metafusion.ensemble.screening;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.metafusion.core.FusionException;

final class ScreeningTest {

    private final Screening screening = Screening.bySilhouette();

    @Test
    void twoStudentsAreBothTopPerformersAndItSaysWhy() {
        TopPerformers top = screening.screen(new double[] {0.2, 5});

        assertThat(top.students()).containsExactly(0, 1);
        assertThat(top.isEveryone()).isTrue();
        assertThat(top.silhouetteByK()).isEmpty();
        assertThat(top.reason())
                .isEqualTo("all 2 students: nothing to cluster, fewer than three have a finite validation loss");
    }

    @Test
    void theNumberOfClustersCanBeAskedFor() {
        double[] losses = {0.1, 0.2, 1, 1.1, 3};

        assertThat(Screening.into(2).screen(losses).students()).containsExactly(0, 1, 2, 3);
        TopPerformers top = Screening.into(3).screen(losses);
        assertThat(top.students()).containsExactly(0, 1);
        assertThat(top.reason()).isEqualTo("2 of 5 students: the best of 3 clusters of validation losses (as asked)");
        assertThat(Screening.into(9).screen(losses).k()).isEqualTo(4);
        assertThatThrownBy(() -> Screening.into(1))
                .isInstanceOf(FusionException.class)
                .hasMessage("Screening needs 2 clusters or more but got 1");
    }

    @Test
    void equalLossesMakeEveryoneATopPerformer() {
        TopPerformers top = screening.screen(new double[] {0.5, 0.5, 0.5, 0.5});

        assertThat(top.students()).containsExactly(0, 1, 2, 3);
        assertThat(top.clusterOf()).containsOnly(0);
        assertThat(top.reason())
                .isEqualTo("all 4 students: nothing to cluster, all validation losses are equal (0.500)");
    }

    @Test
    void failedStudentsAreNeverTopPerformersAndMoveNobodyElse() {
        TopPerformers top = screening.screen(
                new double[] {Double.NaN, 0.1, 0.12, Double.POSITIVE_INFINITY, 2, 2.1, Double.NEGATIVE_INFINITY});

        assertThat(top.students()).containsExactly(1, 2);
        assertThat(top.clusterOf()).containsExactly(-1, 0, 0, -1, 1, 1, -1);
        assertThat(top.reason()).endsWith("; 3 without a finite loss left out");
    }

    @Test
    void failedStudentsAreLeftOutEvenWhenNothingIsClustered() {
        TopPerformers top = screening.screen(new double[] {Double.NaN, 0.1, 0.1, 0.1});

        assertThat(top.students()).containsExactly(1, 2, 3);
        assertThat(top.clusterOf()).containsExactly(-1, 0, 0, 0);
    }

    @Test
    void noFiniteLossAtAllIsAnErrorThatSaysWhatToDo() {
        assertThatThrownBy(() -> screening.screen(new double[] {Double.NaN, Double.POSITIVE_INFINITY}))
                .isInstanceOf(FusionException.class)
                .hasMessage("None of the 2 students has a finite validation loss; lower the learning rate, or check"
                        + " the features' scale and that validation rows exist");
    }

    @Test
    void neverMakesMoreClustersThanThereAreDistinctLosses() {
        TopPerformers top = screening.screen(new double[] {1, 1, 1, 2, 2, 2});

        assertThat(top.k()).isEqualTo(2);
        assertThat(top.silhouetteByK()).containsExactly(1.0);
        assertThat(top.students()).containsExactly(0, 1, 2);
    }

    @Test
    void threeStudentsMakeTwoClusters() {
        TopPerformers top = screening.screen(new double[] {3, 0.1, 0.2});

        assertThat(top.k()).isEqualTo(2);
        assertThat(top.students()).containsExactly(1, 2);
        assertThat(top.reason())
                .startsWith("2 of 3 students: the best of 2 clusters of validation losses (mean silhouette 0.6");
    }

    @Test
    void theElbowIsThePointFarthestBelowTheChord() {
        double[] losses = {1, 1.01, 1.02, 2, 2.01, 2.02, 3, 3.01, 3.02};

        TopPerformers top = new Screening(ClusterCount.ELBOW).screen(losses);

        assertThat(top.k()).isEqualTo(3);
        assertThat(top.students()).containsExactly(0, 1, 2);
        assertThat(top.reason()).contains("elbow");
    }

    @Test
    void theElbowOfOnlyOnePossibleCountIsThatCount() {
        assertThat(new Screening(ClusterCount.ELBOW)
                        .screen(new double[] {1, 2, 4})
                        .k())
                .isEqualTo(2);
    }

    @Test
    void anOutlierAmongManyDoesNotChangeWithTheOrderOfStudents() {
        double[] losses = {0.4, 0.9, 0.41, 7, 0.42, 0.91};
        double[] reversed = new double[losses.length];
        for (int s = 0; s < losses.length; s++) {
            reversed[losses.length - 1 - s] = losses[s];
        }

        int[] top = screening.screen(losses).students();
        int[] mirrored = Arrays.stream(screening.screen(reversed).students())
                .map(s -> losses.length - 1 - s)
                .sorted()
                .toArray();

        assertThat(mirrored).isEqualTo(top);
    }
}
