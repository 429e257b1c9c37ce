package org.metafusion.ensemble.screening;

/**
 * The mean silhouette of a clustering of numbers: {@code s_i = (b_i - a_i) / max(a_i, b_i)}, where {@code a_i} is the
 * mean distance to the others of its cluster and {@code b_i} the least mean distance to another cluster; 0 for a value
 * alone in its cluster (Rousseeuw, 1987).
 */
final class Silhouette {

    private Silhouette() {}

    static double mean(double[] values, int[] clusterOf, int clusters) {
        int[] sizes = new int[clusters];
        for (int cluster : clusterOf) {
            sizes[cluster]++;
        }
        double sum = 0;
        for (int i = 0; i < values.length; i++) {
            sum += ofValue(i, values, clusterOf, sizes);
        }
        return sum / values.length;
    }

    private static double ofValue(int i, double[] values, int[] clusterOf, int[] sizes) {
        int own = clusterOf[i];
        if (sizes[own] == 1) {
            return 0;
        }
        double[] distance = new double[sizes.length];
        for (int j = 0; j < values.length; j++) {
            distance[clusterOf[j]] += Math.abs(values[i] - values[j]);
        }
        double within = distance[own] / (sizes[own] - 1);
        double nearest = Double.POSITIVE_INFINITY;
        for (int cluster = 0; cluster < sizes.length; cluster++) {
            if (cluster != own) {
                nearest = Math.min(nearest, distance[cluster] / sizes[cluster]);
            }
        }
        double larger = Math.max(within, nearest);
        return larger == 0 ? 0 : (nearest - within) / larger;
    }
}
