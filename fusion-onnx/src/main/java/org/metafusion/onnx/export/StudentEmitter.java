package org.metafusion.onnx.export;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.metafusion.core.fusion.FusionOperators;
import org.metafusion.core.modality.Modality;
import org.metafusion.onnx.graph.GraphMath;
import org.metafusion.onnx.graph.GraphMath.UnitLength;
import org.metafusion.onnx.graph.Value;
import org.metafusion.training.network.CohortLayout;
import org.metafusion.training.network.TrainedCopy;
import org.metafusion.training.network.TrainedCopy.Source;

/**
 * Students as nodes of a graph: encoders, fusion operator and head of each copy; a student says the mean over its copies.
 *
 * @param flat the parameters of all students of the layout
 */
record StudentEmitter(GraphMath math, InputEmitter inputs, CohortLayout layout, float[] flat) {

    /** The outputs of a student, {@code [N, outputs]}: logits, or values in the training's scale. */
    Value outputs(int student) {
        List<Value> copies = new ArrayList<>();
        for (int fold = 0; fold < layout.folds(); fold++) {
            String name = "student" + student + (layout.folds() == 1 ? "" : ".fold" + fold);
            copies.add(copy(name, TrainedCopy.of(layout, student * layout.folds() + fold, flat)));
        }
        return math.mean(copies);
    }

    private Value copy(String name, TrainedCopy copy) {
        List<Value> parts = new ArrayList<>();
        List<Term> terms = terms(name, copy);
        for (int t = 0; t < terms.size(); t++) {
            String weights = name + ".head.0.weight" + (terms.size() == 1 ? "" : t);
            parts.add(terms.get(t).times(math, weights, copy.terms().get(t)));
        }
        parts.add(math.graph().weight(name + ".head.0.bias", copy.bias()));
        Value y = math.sum(parts);
        for (int l = 0; l < copy.layers().size(); l++) {
            Value hidden = math.graph().node("Relu", y);
            y = math.dense(hidden, name + ".head." + (l + 1), copy.layers().get(l));
        }
        return y;
    }

    private List<Term> terms(String name, TrainedCopy copy) {
        List<Optional<Value>> sources =
                copy.sources().stream().map(source -> source(name, source)).toList();
        if (sources.size() == 1) {
            return List.of(Term.of(sources.get(0).orElseThrow()));
        }
        FusionInputs fused = new FusionInputs(math, name + ".operator", sources, copy);
        List<Term> terms = FusionEmitter.of(
                        FusionOperators.standard().named(copy.spec().operator()))
                .terms(fused);
        if (!fused.isUsedUp() || terms.size() != copy.terms().size()) {
            throw new IllegalStateException("The ONNX form of fusion operator '"
                    + copy.spec().operator() + "' gave " + terms.size() + " terms of "
                    + copy.terms().size()
                    + " or left some of its matrices");
        }
        return terms;
    }

    private Optional<Value> source(String name, Source source) {
        int m = source.key().modality();
        if (!inputs.isThere(m)) {
            return Optional.empty();
        }
        Modality modality = layout.cohort().modalities().get(m);
        Value begin = inputs.of(source);
        return Optional.of(source.encoder()
                .map(own -> math.encoder(begin, name + "." + modality.name() + ".encoder", own, UnitLength.TRAINED))
                .orElse(begin));
    }
}
