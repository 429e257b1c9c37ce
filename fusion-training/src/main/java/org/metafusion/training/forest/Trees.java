package org.metafusion.training.forest;

import java.util.Map;
import org.metafusion.core.FusionException;
import org.metafusion.training.representation.StateArrays;

/**
 * Binary decision trees in flat arrays. A node asks whether {@code x[feature] <= threshold}; if so its next is {@code child},
 * if not the node after that. A leaf has feature -1 and, as its child, its row of {@code leaves}.
 *
 * @param roots the node each tree begins with
 * @param feature of each node
 * @param threshold of each node; 0 at leaves
 * @param child of each node
 * @param leaves {@code [different leaves, outputs]}: the mean of the responses there
 * @param outputs numbers a leaf has
 */
record Trees(int[] roots, int[] feature, float[] threshold, int[] child, float[] leaves, int outputs) {

    /** What the feature of a leaf is. */
    static final int LEAF = -1;

    /** Whole numbers up to here are stored as floats without loss. */
    private static final int EXACT = 1 << 24;

    int count() {
        return roots.length;
    }

    /** The row of {@link #leaves} that a row of features at {@code offset} of {@code values} falls into. */
    int leaf(int tree, float[] values, int offset) {
        int node = roots[tree];
        while (feature[node] != LEAF) {
            node = values[offset + feature[node]] <= threshold[node] ? child[node] : child[node] + 1;
        }
        return child[node];
    }

    /** Adds what a leaf says to {@code sums} at {@code at}. */
    void add(int leaf, double[] sums, int at) {
        for (int k = 0; k < outputs; k++) {
            sums[at + k] += leaves[leaf * outputs + k];
        }
    }

    /** The arrays to store, by name; whole numbers as floats. */
    Map<String, float[]> state() {
        return Map.of(
                "roots", floats(roots),
                "features", floats(feature),
                "thresholds", threshold,
                "children", floats(child),
                "leaves", leaves);
    }

    /**
     * Trees again from what was stored.
     *
     * @throws FusionException if an array is missing, or a node leads out of the arrays or back
     */
    static Trees restore(String name, Map<String, float[]> state, int outputs) {
        Trees trees = new Trees(
                whole(name, state, "roots"),
                whole(name, state, "features"),
                StateArrays.get(name, state, "thresholds"),
                whole(name, state, "children"),
                StateArrays.get(name, state, "leaves"),
                outputs);
        trees.requireSound(name);
        return trees;
    }

    private void requireSound(String name) {
        int nodes = feature.length;
        boolean sound = outputs > 0
                && roots.length > 0
                && threshold.length == nodes
                && child.length == nodes
                && leaves.length % outputs == 0;
        for (int i = 0; sound && i < roots.length; i++) {
            sound = roots[i] >= 0 && roots[i] < nodes;
        }
        for (int i = 0; sound && i < nodes; i++) {
            sound = feature[i] == LEAF
                    ? child[i] >= 0 && child[i] < leaves.length / outputs
                    : feature[i] >= 0 && child[i] > i && child[i] + 1 < nodes;
        }
        if (!sound) {
            throw new FusionException("A stored '" + name + "' of " + roots.length + " trees with " + nodes
                    + " nodes does not fit together; store the model again");
        }
    }

    private static float[] floats(int[] whole) {
        float[] values = new float[whole.length];
        for (int i = 0; i < whole.length; i++) {
            if (whole[i] > EXACT) {
                throw new FusionException("A forest of more than " + EXACT
                        + " nodes cannot be stored; ask for fewer trees, such as forest50");
            }
            values[i] = whole[i];
        }
        return values;
    }

    private static int[] whole(String name, Map<String, float[]> state, String array) {
        float[] stored = StateArrays.get(name, state, array);
        int[] values = new int[stored.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = (int) stored[i];
        }
        return values;
    }
}
