package org.metafusion.ensemble.screening;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.IntStream;
import org.metafusion.core.FusionException;

/**
 * Finds the top performers of a cohort: exact 1-D k-means on the students' validation losses, the cluster of the lowest
 * mean loss wins (Meta Fusion, arXiv 2507.20089, section 3).
 */
public final class Screening {

    private static final int MOST_CLUSTERS = 10;

    private final ClusterCount count;
    private final int fixed;

    public Screening(ClusterCount count) {
        this(count, 0);
    }

    private Screening(ClusterCount count, int fixed) {
        this.count = count;
        this.fixed = fixed;
    }

    /** Screening into so many clusters, two or more, or as many as there can be if that is fewer. */
    public static Screening into(int clusters) {
        if (clusters < 2) {
            throw new FusionException("Screening needs 2 clusters or more but got " + clusters);
        }
        return new Screening(ClusterCount.SILHOUETTE, clusters);
    }

    /** Screening with the number of clusters chosen by silhouette. */
    public static Screening bySilhouette() {
        return new Screening(ClusterCount.SILHOUETTE);
    }

    /**
     * The top performers.
     *
     * @param validationLosses the task loss of each student; NaN or infinite for one that failed, which is never a top
     *     performer
     * @throws FusionException if no loss is finite
     */
    public TopPerformers screen(double[] validationLosses) {
        int[] finite = IntStream.range(0, validationLosses.length)
                .filter(s -> Double.isFinite(validationLosses[s]))
                .toArray();
        if (finite.length == 0) {
            throw new FusionException("None of the " + validationLosses.length
                    + " students has a finite validation loss; lower the learning rate, or check the features'"
                    + " scale and that validation rows exist");
        }
        double[] losses =
                Arrays.stream(finite).mapToDouble(s -> validationLosses[s]).toArray();
        int distinct = (int) Arrays.stream(losses).distinct().count();
        if (losses.length < 3) {
            return everyone(validationLosses.length, finite, "fewer than three have a finite validation loss");
        }
        if (distinct == 1) {
            return everyone(
                    validationLosses.length, finite, "all validation losses are equal (" + figure(losses[0]) + ")");
        }
        return cluster(validationLosses.length, finite, losses, distinct);
    }

    private TopPerformers cluster(int students, int[] finite, double[] losses, int distinct) {
        int largest = Math.min(Math.min(MOST_CLUSTERS, losses.length - 1), distinct);
        ExactKMeans clusters = new ExactKMeans(losses, largest);
        double[] silhouettes = IntStream.rangeClosed(2, largest)
                .mapToDouble(k -> Silhouette.mean(losses, clusters.clusterOf(k), k))
                .toArray();
        int k = fixed > 0 ? Math.min(fixed, largest) : count.choose(silhouettes, clusters);
        int[] clusterOfFinite = clusters.clusterOf(k);
        int[] clusterOf = new int[students];
        Arrays.fill(clusterOf, -1);
        for (int i = 0; i < finite.length; i++) {
            clusterOf[finite[i]] = clusterOfFinite[i];
        }
        int[] top = IntStream.range(0, students).filter(s -> clusterOf[s] == 0).toArray();
        return new TopPerformers(
                clusterOf,
                k,
                top,
                silhouettes,
                top.length + " of " + students + " students: the best of " + k + " clusters of validation losses ("
                        + reason(silhouettes[k - 2]) + ")" + failed(students - finite.length));
    }

    private String reason(double silhouette) {
        if (fixed > 0) {
            return "as asked";
        }
        return switch (count) {
            case SILHOUETTE -> "mean silhouette " + figure(silhouette) + " is highest";
            case ELBOW -> "the elbow of the within-cluster sum of squares";
        };
    }

    private static TopPerformers everyone(int students, int[] finite, String why) {
        int[] clusterOf = new int[students];
        Arrays.fill(clusterOf, -1);
        for (int s : finite) {
            clusterOf[s] = 0;
        }
        String who = finite.length == students
                ? "all " + students + " students"
                : finite.length + " of " + students + " students";
        return new TopPerformers(
                clusterOf,
                1,
                finite,
                new double[0],
                who + ": nothing to cluster, " + why + failed(students - finite.length));
    }

    private static String failed(int count) {
        return count == 0 ? "" : "; " + count + " without a finite loss left out";
    }

    private static String figure(double value) {
        return String.format(Locale.ROOT, "%.3g", value);
    }
}
