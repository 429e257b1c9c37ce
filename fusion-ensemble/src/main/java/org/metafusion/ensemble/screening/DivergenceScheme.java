package org.metafusion.ensemble.screening;

/**
 * Who learns from whom: the divergence weights {@code d[I][J]} with which student {@code I} is pulled towards peer
 * {@code J}. Nobody learns from itself.
 */
public enum DivergenceScheme {
    /** {@code 1 / |T|} if {@code J} is a top performer, else 0 (adaptive mutual learning, arXiv 2507.20089). */
    ADAPTIVE {
        @Override
        float weight(int student, int peer, Peers peers) {
            return peers.isTop()[peer] ? 1f / peers.topCount() : 0f;
        }
    },

    /**
     * {@code 1 / (S - 1)} for every peer: deep mutual learning (Zhang et al., 2018). The mean over the peers, not their
     * sum, so that a rho means the same for cohorts of any size and beside {@link #ADAPTIVE}.
     */
    ALL_PAIRS {
        @Override
        float weight(int student, int peer, Peers peers) {
            return 1f / (peers.isTop().length - 1);
        }
    },

    /** 0 throughout: an independent cohort. */
    NONE {
        @Override
        float weight(int student, int peer, Peers peers) {
            return 0f;
        }
    };

    /** The weights {@code [S, S]} row-major, a row a learning student. */
    public float[] weights(int students, TopPerformers top) {
        boolean[] isTop = new boolean[students];
        for (int s : top.students()) {
            isTop[s] = true;
        }
        Peers peers = new Peers(isTop, top.students().length);
        float[] weights = new float[students * students];
        for (int i = 0; i < students; i++) {
            for (int j = 0; j < students; j++) {
                if (i != j) {
                    weights[i * students + j] = weight(i, j, peers);
                }
            }
        }
        return weights;
    }

    abstract float weight(int student, int peer, Peers peers);

    /** The cohort as seen by a scheme. */
    private record Peers(boolean[] isTop, int topCount) {}
}
