package org.metafusion.ensemble.screening;

/** How many clusters the students' validation losses are taken to form, from 2 to {@code min(10, students - 1)}. */
public enum ClusterCount {
    /** The count of the highest mean silhouette, the smallest of equals. */
    SILHOUETTE {
        @Override
        int choose(double[] silhouetteByK, ExactKMeans clusters) {
            int best = 0;
            for (int i = 1; i < silhouetteByK.length; i++) {
                if (silhouetteByK[i] > silhouetteByK[best]) {
                    best = i;
                }
            }
            return best + 2;
        }
    },

    /**
     * The count at which the curve of the within-cluster sum of squares lies farthest below the chord from 1 cluster to
     * the largest count (both axes scaled to 0 .. 1), the smallest of equals.
     */
    ELBOW {
        @Override
        int choose(double[] silhouetteByK, ExactKMeans clusters) {
            int largest = silhouetteByK.length + 1;
            double first = clusters.withinSquares(1);
            double last = clusters.withinSquares(largest);
            int best = 2;
            double farthest = Double.NEGATIVE_INFINITY;
            for (int k = 2; k <= largest; k++) {
                double along = (k - 1.0) / (largest - 1.0);
                double height = (clusters.withinSquares(k) - last) / (first - last);
                double below = 1 - along - height;
                if (below > farthest) {
                    farthest = below;
                    best = k;
                }
            }
            return best;
        }
    };

    /**
     * The number of clusters.
     *
     * @param silhouetteByK mean silhouettes for 2, 3, ... clusters, at least one
     */
    abstract int choose(double[] silhouetteByK, ExactKMeans clusters);
}
