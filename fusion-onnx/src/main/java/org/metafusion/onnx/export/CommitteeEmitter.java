package org.metafusion.onnx.export;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.metafusion.core.modality.Task;
import org.metafusion.ensemble.committee.CombinationRule;
import org.metafusion.ensemble.committee.Committee;
import org.metafusion.onnx.graph.GraphMath;
import org.metafusion.onnx.graph.OnnxGraph;
import org.metafusion.onnx.graph.Value;

/** How a committee makes one answer of its members' outputs, as nodes of a graph. */
record CommitteeEmitter(GraphMath math, Committee committee, Task task) {

    /**
     * The committee's outputs {@code [N, outputs]}: calibrated logits, or values in the training's scale.
     *
     * @param students what gives a student's outputs; members of weight 0 are not asked
     */
    Value combined(IntFunction<Value> students) {
        List<Value> outputs = new ArrayList<>();
        List<Double> weights = new ArrayList<>();
        for (int i = 0; i < committee.members().length; i++) {
            if (committee.weights()[i] > 0) {
                outputs.add(students.apply(committee.members()[i]));
                weights.add(committee.weights()[i]);
            }
        }
        Value combined = committee.rule() == CombinationRule.MAJORITY_VOTE ? vote(outputs) : mean(outputs, weights);
        return committee.temperature() == 1
                ? combined
                : math.divide(combined, math.graph().constant((float) committee.temperature()));
    }

    private Value mean(List<Value> outputs, List<Double> weights) {
        double total = weights.stream().mapToDouble(Double::doubleValue).sum();
        List<Value> parts = new ArrayList<>();
        for (int i = 0; i < outputs.size(); i++) {
            parts.add(math.multiply(outputs.get(i), math.graph().constant((float) (weights.get(i) / total))));
        }
        return math.sum(parts);
    }

    private Value vote(List<Value> outputs) {
        return task instanceof Task.Classification ? classVote(outputs) : median(outputs);
    }

    /** {@code log((votes_c + 1/k) / (voters + 1))}; a tie within a member goes to its first class. */
    private Value classVote(List<Value> outputs) {
        OnnxGraph graph = math.graph();
        Value zeroAndOne = graph.weight("committee.ballot", new float[] {0, 1}, 2);
        List<Value> votes = new ArrayList<>();
        for (Value output : outputs) {
            Value choice = graph.node("ArgMax", Map.of("axis", 1L, "keepdims", 0L), output);
            votes.add(graph.node("OneHot", choice, graph.integers(task.outputs()), zeroAndOne));
        }
        Value counted = math.add(math.sum(votes), graph.constant(1f / task.outputs()));
        return graph.node("Log", math.divide(counted, graph.constant(outputs.size() + 1f)));
    }

    private Value median(List<Value> outputs) {
        OnnxGraph graph = math.graph();
        int count = outputs.size();
        List<Value> apart = outputs.stream()
                .map(output -> math.reshaped(output, -1, task.outputs(), 1))
                .toList();
        Value stack = count == 1 ? apart.get(0) : graph.node("Concat", Map.of("axis", 2L), apart.toArray(Value[]::new));
        Value sorted = graph.firstOf(2, "TopK", Map.of("axis", 2L, "largest", 0L), stack, graph.integers(count));
        Value middle = graph.node("Gather", Map.of("axis", 2L), sorted, graph.integers((count - 1) / 2, count / 2));
        return graph.node("ReduceMean", Map.of("axes", List.of(2L), "keepdims", 0L), middle);
    }
}
