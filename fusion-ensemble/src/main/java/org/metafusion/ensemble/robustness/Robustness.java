package org.metafusion.ensemble.robustness;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.Consumer;
import org.metafusion.core.modality.Modality;
import org.metafusion.core.modality.MultimodalDataset;
import org.metafusion.core.modality.Samples;
import org.metafusion.ensemble.metric.LeadMetric;
import org.metafusion.ensemble.model.FusionModel;
import org.metafusion.ensemble.model.Outputs;

/**
 * Measures how a model's score falls under disturbances of its inputs, each modality apart and all together, beside late
 * fusion by the same model.
 *
 * @param repeats how often each disturbance is drawn; scores are the mean
 * @param seed of what is drawn
 */
public record Robustness(int repeats, long seed) {

    public Robustness {
        if (repeats < 1) {
            throw new IllegalArgumentException("Robustness needs 1 repeat or more but got " + repeats);
        }
    }

    /**
     * The curves of some disturbances.
     *
     * @param labelled with any of the model's modalities
     * @param progress told of each curve before it is measured, such as {@code noise in 'image'}
     */
    public List<RobustnessCurve> measure(
            FusionModel model, MultimodalDataset labelled, List<Disturbance> disturbances, Consumer<String> progress) {
        MultimodalDataset rows =
                new MultimodalDataset(labelled.name(), model.aligned(labelled.samples()), labelled.targets());
        List<String> names = model.modalities().stream().map(Modality::name).toList();
        List<RobustnessCurve> curves = new ArrayList<>();
        for (Disturbance disturbance : disturbances) {
            int modalities = names.size();
            for (int m = 0; m < modalities && modalities > 1; m++) {
                BitSet single = new BitSet();
                single.set(m);
                progress.accept(disturbance.name() + " in '" + names.get(m) + "'");
                curves.add(new RobustnessCurve(
                        disturbance.name(), names.get(m), false, points(model, rows, disturbance, single)));
            }
            BitSet all = new BitSet();
            all.set(0, modalities);
            progress.accept(disturbance.name() + " in all modalities");
            curves.add(new RobustnessCurve(
                    disturbance.name(), RobustnessCurve.nameOfAll(names), true, points(model, rows, disturbance, all)));
        }
        return curves;
    }

    private List<RobustnessCurve.Point> points(
            FusionModel model, MultimodalDataset rows, Disturbance disturbance, BitSet modalities) {
        Answers committee = Answers.committee(model);
        Answers late = Answers.late(model);
        List<RobustnessCurve.Point> points = new ArrayList<>();
        for (double level : disturbance.usualLevels()) {
            double score = 0;
            double ofLate = 0;
            for (int r = 0; r < repeats; r++) {
                Samples disturbed = disturbance.disturbed(rows, modalities, level, seed + 7919L * r);
                score += score(committee, disturbed, rows) / repeats;
                ofLate += score(late, disturbed, rows) / repeats;
            }
            points.add(new RobustnessCurve.Point(level, score, ofLate));
        }
        return points;
    }

    private static double score(Answers answers, Samples disturbed, MultimodalDataset rows) {
        return LeadMetric.of(rows.task()).in(Outputs.metrics(answers.of(disturbed), rows.targets()));
    }
}
