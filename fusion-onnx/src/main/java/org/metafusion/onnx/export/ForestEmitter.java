package org.metafusion.onnx.export;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.metafusion.onnx.graph.GraphMath;
import org.metafusion.onnx.graph.OnnxGraph.Type;
import org.metafusion.onnx.graph.Value;

/**
 * Forests as a node {@code TreeEnsembleRegressor} of the standard's machine learning operators, from the state that
 * {@link org.metafusion.training.forest.ForestExtractor} stores: the trees' sum, then {@code (log(sum / trees + 0.01) - mean)
 * scale}, without the logarithm for values.
 */
record ForestEmitter(GraphMath math) {

    private static final double LEAST_SHARE = 0.01;

    Value forest(String name, Map<String, float[]> state, Value x) {
        float[] mean = array(state, "mean");
        int trees = array(state, "roots").length;
        Value sum = math.graph().learned("TreeEnsembleRegressor", new Nodes(state, mean.length).attributes(), x);
        Value said = math.divide(math.cast(sum, Type.DOUBLE), math.graph().constant((double) trees));
        if (array(state, "classes")[0] != 0) {
            said = math.graph().node("Log", math.add(said, math.graph().constant(LEAST_SHARE)));
        }
        Value centred = math.subtract(said, math.cast(math.graph().weight(name + ".mean", mean), Type.DOUBLE));
        Value scale = math.graph().constant((double) array(state, "scale")[0]);
        return math.cast(math.multiply(centred, scale), Type.FLOAT);
    }

    private static float[] array(Map<String, float[]> state, String name) {
        return Objects.requireNonNull(state.get(name), name);
    }

    /** The nodes of all trees in the lists that the operator wants: one entry a node, and one a number of a leaf. */
    private static final class Nodes {
        private final float[] roots;
        private final float[] features;
        private final float[] thresholds;
        private final float[] children;
        private final float[] leaves;
        private final int outputs;
        private final List<Long> tree = new ArrayList<>();
        private final List<Long> node = new ArrayList<>();
        private final List<Long> feature = new ArrayList<>();
        private final List<Float> threshold = new ArrayList<>();
        private final List<String> mode = new ArrayList<>();
        private final List<Long> yes = new ArrayList<>();
        private final List<Long> no = new ArrayList<>();
        private final List<Long> leafTree = new ArrayList<>();
        private final List<Long> leafNode = new ArrayList<>();
        private final List<Long> leafOutput = new ArrayList<>();
        private final List<Float> leafValue = new ArrayList<>();

        Nodes(Map<String, float[]> state, int outputs) {
            this.roots = array(state, "roots");
            this.features = array(state, "features");
            this.thresholds = array(state, "thresholds");
            this.children = array(state, "children");
            this.leaves = array(state, "leaves");
            this.outputs = outputs;
        }

        Map<String, Object> attributes() {
            for (int t = 0; t < roots.length; t++) {
                int end = t + 1 < roots.length ? (int) roots[t + 1] : features.length;
                for (int i = (int) roots[t]; i < end; i++) {
                    add(t, i);
                }
            }
            return Map.ofEntries(
                    Map.entry("n_targets", (long) outputs),
                    Map.entry("nodes_treeids", tree),
                    Map.entry("nodes_nodeids", node),
                    Map.entry("nodes_featureids", feature),
                    Map.entry("nodes_values", threshold),
                    Map.entry("nodes_modes", mode),
                    Map.entry("nodes_truenodeids", yes),
                    Map.entry("nodes_falsenodeids", no),
                    Map.entry("target_treeids", leafTree),
                    Map.entry("target_nodeids", leafNode),
                    Map.entry("target_ids", leafOutput),
                    Map.entry("target_weights", leafValue));
        }

        private void add(int t, int i) {
            long first = (long) roots[t];
            boolean isLeaf = features[i] < 0;
            long child = isLeaf ? 0 : (long) children[i] - first;
            tree.add((long) t);
            node.add(i - first);
            feature.add(isLeaf ? 0L : (long) features[i]);
            threshold.add(thresholds[i]);
            mode.add(isLeaf ? "LEAF" : "BRANCH_LEQ");
            yes.add(child);
            no.add(isLeaf ? 0 : child + 1);
            for (int k = 0; isLeaf && k < outputs; k++) {
                leafTree.add((long) t);
                leafNode.add(i - first);
                leafOutput.add((long) k);
                leafValue.add(leaves[(int) children[i] * outputs + k]);
            }
        }
    }
}
