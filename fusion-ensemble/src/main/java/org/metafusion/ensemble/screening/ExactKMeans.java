package org.metafusion.ensemble.screening;

import java.util.Arrays;

/**
 * The optimal k-means clusterings of numbers on a line, for every number of clusters at once.
 *
 * <p>An optimal clustering of sorted numbers consists of runs, so the least sum of squares follows by dynamic
 * programming: {@code D[k][j] = min over i of D[k-1][i] + ss(i, j)}, where {@code ss(i, j)} is the sum of squared
 * distances of the numbers {@code i .. j-1} to their mean (Wang and Song, 2011, "Ckmeans.1d.dp"). It has no random
 * start and no local optimum, so the same losses always give the same top performers. O(k n^2) time.
 */
final class ExactKMeans {

    private final int[] order;
    private final double[] sorted;
    private final double[][] withinSquares;
    private final int[][] lastStart;

    /**
     * Clusters {@code values} into {@code 1 .. maxClusters} clusters.
     *
     * @param values finite
     * @param maxClusters at most the number of values
     */
    ExactKMeans(double[] values, int maxClusters) {
        int n = values.length;
        if (maxClusters < 1 || maxClusters > n) {
            throw new IllegalArgumentException("Cannot make " + maxClusters + " clusters of " + n + " values");
        }
        order = ascending(values);
        sorted = Arrays.stream(order).mapToDouble(i -> values[i]).toArray();
        withinSquares = new double[maxClusters + 1][n + 1];
        lastStart = new int[maxClusters + 1][n + 1];
        Arrays.fill(withinSquares[0], Double.POSITIVE_INFINITY);
        withinSquares[0][0] = 0;
        double[][] runs = runSquares(sorted);
        for (int k = 1; k <= maxClusters; k++) {
            Arrays.fill(withinSquares[k], Double.POSITIVE_INFINITY);
            for (int end = k; end <= n; end++) {
                splitLast(k, end, runs);
            }
        }
    }

    private void splitLast(int k, int end, double[][] runs) {
        for (int start = k - 1; start < end; start++) {
            double squares = withinSquares[k - 1][start] + runs[start][end - start];
            if (squares < withinSquares[k][end]) {
                withinSquares[k][end] = squares;
                lastStart[k][end] = start;
            }
        }
    }

    /** {@code [i][m]}: the sum of squares of the run of {@code m} values from {@code i}, by Welford's update. */
    private static double[][] runSquares(double[] sorted) {
        int n = sorted.length;
        double[][] runs = new double[n][];
        for (int i = 0; i < n; i++) {
            runs[i] = new double[n - i + 1];
            double mean = 0;
            for (int m = 1; m <= n - i; m++) {
                double delta = sorted[i + m - 1] - mean;
                mean += delta / m;
                runs[i][m] = runs[i][m - 1] + delta * (sorted[i + m - 1] - mean);
            }
        }
        return runs;
    }

    /** The least sum of squared distances to the cluster means with {@code k} clusters. */
    double withinSquares(int k) {
        return withinSquares[k][sorted.length];
    }

    /** The cluster of each value, in the order the values were given; cluster 0 has the lowest mean. */
    int[] clusterOf(int k) {
        int[] clusterOf = new int[sorted.length];
        int end = sorted.length;
        for (int cluster = k - 1; cluster >= 0; cluster--) {
            int start = lastStart[cluster + 1][end];
            for (int i = start; i < end; i++) {
                clusterOf[order[i]] = cluster;
            }
            end = start;
        }
        return clusterOf;
    }

    private static int[] ascending(double[] values) {
        return java.util.stream.IntStream.range(0, values.length)
                .boxed()
                .sorted((a, b) -> Double.compare(values[a], values[b]))
                .mapToInt(Integer::intValue)
                .toArray();
    }
}
