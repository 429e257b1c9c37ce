package org.metafusion.training.encoder;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.metafusion.core.FusionException;
import org.metafusion.core.cohort.Cohort;
import org.metafusion.core.fusion.Concatenation;
import org.metafusion.core.fusion.FusionOperators;
import org.metafusion.core.modality.FeatureTable;
import org.metafusion.core.modality.Modality;
import org.metafusion.core.modality.MultimodalDataset;
import org.metafusion.core.modality.Samples;
import org.metafusion.core.modality.Targets;
import org.metafusion.core.port.Trainer.PhasePlan;
import org.metafusion.core.port.TrainingListener;
import org.metafusion.core.port.TrainingRows;
import org.metafusion.core.representation.Representation;
import org.metafusion.core.representation.StandardisedRows;
import org.metafusion.core.student.HeadSpec;
import org.metafusion.core.student.StudentSpec;
import org.metafusion.core.tensor.TensorBackend;
import org.metafusion.training.network.TrainedLayers;
import org.metafusion.training.phase.CohortTrainer;
import org.metafusion.training.phase.PreparedCohort;
import org.metafusion.training.phase.TrainingOptions;
import org.metafusion.training.representation.DenseEncoder;
import org.metafusion.training.representation.HeldOutRows;

/**
 * Trains an encoder of one modality as the only student of a cohort, an encoder and a head, and keeps the encoder: one
 * hidden layer with ReLU, and the best epoch on a fifth of the rows, which is held out.
 *
 * @param name of the extractor, for errors
 * @param hidden width of the encoders' hidden layer
 */
record EncoderTraining(String name, TensorBackend backend, int hidden, TrainingOptions options) {

    private static final double HELD_OUT = 0.2;

    /**
     * An encoder, features centred and of unit scale.
     *
     * @param rows none of them missing
     * @param targets of the same rows
     * @param groups of the same rows; empty where they are independent
     * @param head from the encoder's features to the targets
     */
    DenseEncoder train(StandardisedRows rows, Targets targets, List<String> groups, HeadSpec head, int width) {
        if (rows.rows() < 2) {
            throw new FusionException(
                    "Extractor '" + name + "' needs 2 training rows or more of a modality, one to learn"
                            + " from and one to stop by, but got " + rows.rows());
        }
        MultimodalDataset data = dataset(rows, targets);
        HeldOutRows parts = HeldOutRows.of(
                IntStream.range(0, rows.rows()).toArray(),
                groups,
                Math.max(1, (int) Math.round(HELD_OUT * rows.rows())),
                options.seed());
        MultimodalDataset stopping = data.select(parts.held());
        MultimodalDataset learning = data.select(parts.learning());
        StudentSpec student =
                new StudentSpec(List.of(new Representation.Encoded(List.of(hidden), width)), Concatenation.NAME, head);
        Cohort cohort = new Cohort(data.modalities(), data.task(), List.of(student));
        CohortTrainer trainer = new CohortTrainer(backend, FusionOperators.standard(), Map.of(), options);
        try (PreparedCohort prepared =
                trainer.begin(cohort, TrainingRows.holdout(learning, stopping), TrainingListener.SILENT)) {
            float[] parameters =
                    prepared.run(PhasePlan.alone(0)).students().get(0).parameters();
            return new DenseEncoder(new TrainedLayers(prepared.layout(), 0, parameters).encoder(0), false)
                    .after(prepared.preparation().standardisers().get(0))
                    .standardisedOn(rows);
        }
    }

    private static MultimodalDataset dataset(StandardisedRows rows, Targets targets) {
        FeatureTable table = FeatureTable.complete(Modality.of("features", rows.width()), rows.rows(), rows.values());
        List<String> ids =
                IntStream.range(0, rows.rows()).mapToObj(String::valueOf).toList();
        return new MultimodalDataset("an encoder's rows", new Samples(ids, List.of(table)), targets);
    }
}
