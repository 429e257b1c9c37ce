package org.metafusion.ensemble.screening;

/**
 * The students that teach the rest: the cluster of the lowest mean validation loss.
 *
 * @param clusterOf the cluster of each student, numbered from the lowest mean loss; -1 for a student without a finite
 *     loss
 * @param k the number of clusters; 1 if everyone is a top performer
 * @param students the top performers, ascending
 * @param silhouetteByK the mean silhouette with {@code i + 2} clusters at index {@code i}; empty if nothing was
 *     clustered
 * @param reason why it is these, in words
 */
public record TopPerformers(int[] clusterOf, int k, int[] students, double[] silhouetteByK, String reason) {

    /** Whether no student with a finite loss was left out, so that the screening decided nothing. */
    public boolean isEveryone() {
        return k == 1;
    }
}
