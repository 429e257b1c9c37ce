package org.metafusion.onnx.export;

import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.metafusion.core.FusionException;
import org.metafusion.core.fusion.FusionOperators;
import org.metafusion.core.modality.Modality;
import org.metafusion.core.modality.Task;
import org.metafusion.ensemble.committee.Committee;
import org.metafusion.ensemble.model.ModelContent;
import org.metafusion.onnx.graph.GraphMath;
import org.metafusion.onnx.graph.OnnxGraph;
import org.metafusion.onnx.graph.Value;
import org.metafusion.training.representation.TargetScaling;

/**
 * A model's committee for one set of modalities as an ONNX graph, from features in their own unit to what people read: each
 * modality of the set is an input {@code [N, width]} by its name, and the outputs are {@link #PROBABILITIES} and
 * {@link #LOGITS} of classes, or {@link #VALUES}.
 *
 * @param mask the modalities of the set
 */
record CommitteeGraph(ModelContent content, BitSet mask) {

    static final String PROBABILITIES = "probabilities";
    static final String LOGITS = "logits";
    static final String VALUES = "values";

    CommitteeGraph {
        for (Modality modality : content.cohort().modalities()) {
            if (List.of(PROBABILITIES, LOGITS, VALUES).contains(modality.name())) {
                throw new FusionException("Modality '" + modality.name()
                        + "' has the name of an output of the ONNX graph; rename the modality and fit again");
            }
        }
    }

    /** The names of the set's modalities, in the model's order. */
    List<String> modalities() {
        return mask.stream()
                .mapToObj(m -> content.cohort().modalities().get(m).name())
                .toList();
    }

    /** The committee that answers when just these modalities are there. */
    Committee committee() {
        return content.committees()
                .forAvailable(mask)
                .orElseThrow(() -> new FusionException("No student of the model can predict from "
                        + String.join("+", modalities()) + " alone; export a committee of more modalities"));
    }

    /** The output that is compared with the model's predictions. */
    String output() {
        return content.cohort().task() instanceof Task.Classification ? PROBABILITIES : VALUES;
    }

    /**
     * The graph as an ONNX file's bytes.
     *
     * @throws FusionException if part of the committee has no ONNX form, or the graph is larger than an ONNX file can be
     */
    byte[] bytes() {
        GraphMath math = new GraphMath(new OnnxGraph());
        Task task = content.cohort().task();
        InputEmitter inputs = new InputEmitter(math, content.cohort().modalities(), content.preparation());
        mask.stream().forEach(inputs::declare);
        StudentEmitter students =
                new StudentEmitter(math, inputs, content.layout(FusionOperators.standard()), content.parameters());
        Value combined = new CommitteeEmitter(math, committee(), task).combined(students::outputs);
        if (task instanceof Task.Classification) {
            math.graph().output(PROBABILITIES, math.softmax(combined), task.outputs());
            math.graph().output(LOGITS, combined, task.outputs());
        } else {
            math.graph().output(VALUES, unscaled(math, combined), task.outputs());
        }
        return math.graph().bytes("committee of " + String.join("+", modalities()), metadata());
    }

    /** {@code outputs * deviation + mean}. */
    private Value unscaled(GraphMath math, Value outputs) {
        TargetScaling scaling = content.preparation().targets();
        Value scaled = math.multiply(outputs, math.graph().weight("targets.deviation", floats(scaling.deviation())));
        return math.add(scaled, math.graph().weight("targets.mean", floats(scaling.mean())));
    }

    private static float[] floats(double[] numbers) {
        float[] floats = new float[numbers.length];
        for (int i = 0; i < numbers.length; i++) {
            floats[i] = (float) numbers[i];
        }
        return floats;
    }

    /** What the columns of inputs and outputs are, a line each. */
    private Map<String, String> metadata() {
        Map<String, String> metadata = new LinkedHashMap<>();
        mask.stream().forEach(m -> {
            Modality modality = content.cohort().modalities().get(m);
            metadata.put("features." + modality.name(), String.join("\n", modality.features()));
        });
        Task task = content.cohort().task();
        metadata.put(
                output(),
                String.join(
                        "\n",
                        task instanceof Task.Classification classification
                                ? classification.classes()
                                : ((Task.Regression) task).targets()));
        Committee committee = committee();
        metadata.put(
                "students",
                IntStream.of(committee.members())
                        .mapToObj(s -> "student" + s + " "
                                + content.cohort().students().get(s).label())
                        .collect(Collectors.joining("\n")));
        metadata.put("committee", committee.rule().label());
        return metadata;
    }
}
