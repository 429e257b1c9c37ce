package org.metafusion.ensemble.study;

import java.util.BitSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.metafusion.core.modality.MultimodalDataset;
import org.metafusion.core.modality.Task;
import org.metafusion.core.port.Trainer.PhaseOutcome;
import org.metafusion.core.tensor.TensorBackend;
import org.metafusion.ensemble.fit.FitOptions;
import org.metafusion.ensemble.fit.FittedCohort;
import org.metafusion.ensemble.model.CommitteeBook;
import org.metafusion.ensemble.model.FusionModel;
import org.metafusion.ensemble.model.ModelContent;
import org.metafusion.ensemble.model.Outputs;

/**
 * What the committee of all modalities says about rows that have them all.
 *
 * @param values probabilities, or values in the unit of the targets, {@code [rows, outputs]}
 * @param metrics of them by name
 */
public record CommitteeAnswers(double[] values, Map<String, Double> metrics) {

    /**
     * Of the students of an outcome of a fitted cohort.
     *
     * @param options of the committee
     */
    public static CommitteeAnswers of(
            TensorBackend backend,
            FitOptions options,
            FittedCohort fitted,
            PhaseOutcome outcome,
            MultimodalDataset rows) {
        BitSet all = new BitSet();
        all.set(0, fitted.cohort().modalities().size());
        CommitteeBook book = CommitteeBook.select(
                options.rule().selection(options.selection()),
                fitted.partial(outcome),
                fitted.split().validation().samples(),
                fitted.cohort().students(),
                Set.of(all));
        try (FusionModel model = new FusionModel(ModelContent.of(fitted, outcome, book, Map.of()), backend)) {
            double[] values = model.predict(rows.samples()).stream()
                    .flatMapToDouble(p -> java.util.Arrays.stream(p.values()))
                    .toArray();
            return new CommitteeAnswers(values, Outputs.metrics(values, rows.targets()));
        }
    }

    /** The loss among metrics: log loss or mean squared error. */
    public static double loss(Map<String, Double> metrics, Task task) {
        return Objects.requireNonNull(metrics.get(task instanceof Task.Classification ? "logLoss" : "mse"));
    }
}
