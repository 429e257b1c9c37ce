package org.metafusion.ensemble.importance;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import org.metafusion.core.modality.FeatureTable;
import org.metafusion.core.modality.MultimodalDataset;
import org.metafusion.core.modality.Samples;
import org.metafusion.core.modality.Targets;
import org.metafusion.core.modality.Task;
import org.metafusion.ensemble.metric.LeadMetric;
import org.metafusion.ensemble.model.FusionModel;
import org.metafusion.ensemble.model.Outputs;
import org.metafusion.ensemble.model.Prediction;

/**
 * What a model is worth when only some of its modalities may be used: its accuracy or R2 on rows, answered by the
 * committees of what is left. A row of which nothing is left, or from which no committee can predict, is answered by the
 * best constant prediction of the rows: their most frequent class, or their mean.
 */
final class CoalitionScores {

    private final FusionModel model;
    private final MultimodalDataset rows;
    private final double[] constant;

    /** @param rows with the model's modalities, in its order */
    CoalitionScores(FusionModel model, MultimodalDataset rows) {
        this.model = model;
        this.rows = rows;
        this.constant = constant(rows.targets());
    }

    double of(BitSet coalition) {
        return LeadMetric.of(rows.task()).in(Outputs.metrics(values(coalition), rows.targets()));
    }

    private double[] values(BitSet coalition) {
        int width = constant.length;
        double[] values = new double[rows.rows() * width];
        for (int row = 0; row < rows.rows(); row++) {
            System.arraycopy(constant, 0, values, row * width, width);
        }
        int[] seen = IntStream.range(0, rows.rows())
                .filter(row -> canPredict(left(row, coalition)))
                .toArray();
        if (seen.length > 0) {
            List<Prediction> predictions = model.predict(restricted(coalition).select(seen));
            for (int i = 0; i < seen.length; i++) {
                System.arraycopy(predictions.get(i).values(), 0, values, seen[i] * width, width);
            }
        }
        return values;
    }

    private BitSet left(int row, BitSet coalition) {
        BitSet left = rows.samples().available(row);
        left.and(coalition);
        return left;
    }

    private boolean canPredict(BitSet mask) {
        return !mask.isEmpty()
                && model.content().committees().forAvailable(mask).isPresent();
    }

    private Samples restricted(BitSet coalition) {
        List<FeatureTable> tables = new ArrayList<>();
        for (int m = 0; m < rows.samples().tables().size(); m++) {
            FeatureTable table = rows.samples().tables().get(m);
            tables.add(coalition.get(m) ? table : table.withoutValues());
        }
        return new Samples(rows.samples().ids(), tables);
    }

    private static double[] constant(Targets targets) {
        Task task = targets.task();
        double[] constant = new double[task.outputs()];
        if (targets instanceof Targets.Labels labels) {
            for (int label : labels.labels()) {
                constant[label] += 1.0 / targets.rows();
            }
            return constant;
        }
        float[] values = ((Targets.Values) targets).values();
        for (int i = 0; i < values.length; i++) {
            constant[i % constant.length] += values[i] / (double) targets.rows();
        }
        return constant;
    }
}
