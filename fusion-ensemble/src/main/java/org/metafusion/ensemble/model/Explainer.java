package org.metafusion.ensemble.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.metafusion.core.FusionException;
import org.metafusion.core.modality.Sample;
import org.metafusion.core.modality.Task;
import org.metafusion.ensemble.committee.Committee;
import org.metafusion.training.balance.Coalitions;

/** Explains predictions of single inputs by asking again without some of the modalities. */
final class Explainer {

    /** Every set of modalities is asked about: 1024 predictions with ten. */
    private static final int MOST_MODALITIES = 10;

    private final ModelContent content;
    private final RowAnswers rows;

    Explainer(ModelContent content, RowAnswers rows) {
        this.content = content;
        this.rows = rows;
    }

    Explanation explain(Sample sample) {
        Prediction prediction = rows.predict(sample);
        List<String> present = prediction.modalities();
        if (present.size() > MOST_MODALITIES) {
            throw new FusionException("A prediction from " + present.size() + " modalities is not explained; at most "
                    + MOST_MODALITIES + " can be, since every set of them is asked about");
        }
        Task task = content.cohort().task();
        Function<Prediction, Double> figure = task instanceof Task.Classification
                ? asked -> asked.values()[prediction.classIndex()]
                : asked -> asked.values()[0];
        double base = task instanceof Task.Classification
                ? 1.0 / task.outputs()
                : content.preparation().targets().mean()[0];
        double[] worth = new double[Coalitions.count(present.size())];
        for (int coalition = 0; coalition < worth.length; coalition++) {
            worth[coalition] = coalition == 0 ? base : figure.apply(rows.predict(only(sample, present, coalition)));
        }
        double[] shapley = Coalitions.shapley(worth);
        Map<String, Double> contributions = new LinkedHashMap<>();
        for (int m = 0; m < shapley.length; m++) {
            contributions.put(present.get(m), shapley[m]);
        }
        return new Explanation(prediction, members(sample, prediction.committee()), contributions, base);
    }

    private static Sample only(Sample sample, List<String> present, int coalition) {
        Map<String, float[]> features = new LinkedHashMap<>(sample.features());
        for (int m = 0; m < present.size(); m++) {
            if ((coalition & 1 << m) == 0) {
                features.remove(present.get(m));
            }
        }
        return new Sample(features);
    }

    private List<Explanation.Member> members(Sample sample, Committee committee) {
        float[][] outputs = rows.outputs(sample, committee);
        List<Explanation.Member> members = new ArrayList<>();
        for (int i = 0; i < outputs.length; i++) {
            double[] values = new double[outputs[i].length];
            for (int c = 0; c < values.length; c++) {
                values[c] = outputs[i][c];
            }
            members.add(new Explanation.Member(
                    content.cohort().students().get(committee.members()[i]).label(),
                    committee.weights()[i],
                    Outputs.readable(
                            values,
                            content.cohort().task(),
                            content.preparation().targets())));
        }
        return members;
    }
}
