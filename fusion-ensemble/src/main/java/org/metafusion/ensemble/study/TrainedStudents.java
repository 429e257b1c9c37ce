package org.metafusion.ensemble.study;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.metafusion.core.modality.MultimodalDataset;
import org.metafusion.core.modality.Samples;
import org.metafusion.core.port.Trainer.PhaseOutcome;
import org.metafusion.core.port.Trainer.StudentOutcome;
import org.metafusion.core.tensor.Members;
import org.metafusion.core.tensor.TensorBackend;
import org.metafusion.ensemble.fit.FittedCohort;
import org.metafusion.ensemble.model.Outputs;
import org.metafusion.training.network.CohortPredictor;
import org.metafusion.training.phase.PreparedCohort;
import org.metafusion.training.representation.Preparation;

/** The students of a phase with their best weights, to be asked about new rows. */
public final class TrainedStudents implements AutoCloseable {

    private final PreparedCohort prepared;
    private final PhaseOutcome outcome;
    private final CohortPredictor predictor;
    private final Runnable release;

    /** Of a fitted cohort, which stays open. */
    public static TrainedStudents of(TensorBackend backend, FittedCohort fitted, PhaseOutcome outcome) {
        return new TrainedStudents(backend, fitted.prepared(), outcome, () -> {});
    }

    /** Of a cohort that is closed with them. */
    static TrainedStudents owning(TensorBackend backend, PreparedCohort prepared, PhaseOutcome outcome) {
        return new TrainedStudents(backend, prepared, outcome, prepared::close);
    }

    private TrainedStudents(TensorBackend backend, PreparedCohort prepared, PhaseOutcome outcome, Runnable release) {
        this.release = release;
        this.prepared = prepared;
        this.outcome = outcome;
        float[] flat = new float[prepared.layout().size()];
        for (StudentOutcome student : outcome.students()) {
            float[] parameters = student.parameters();
            System.arraycopy(parameters, 0, flat, prepared.layout().offset(student.student()), parameters.length);
        }
        this.predictor = new CohortPredictor(backend, prepared.layout(), prepared.preparation(), flat);
    }

    /** What was fitted on the rows they learned from. */
    public Preparation preparation() {
        return prepared.preparation();
    }

    /** The phase they come from. */
    public PhaseOutcome outcome() {
        return outcome;
    }

    /** Probabilities, or values in the unit of the targets, {@code [rows, outputs]} a student, in the phase's order. */
    public List<double[]> answers(Samples rows) {
        int[] students =
                outcome.students().stream().mapToInt(StudentOutcome::student).toArray();
        float[][] outputs = predictor.predict(rows, Members.of(students));
        return Arrays.stream(outputs).map(this::readable).toList();
    }

    private double[] readable(float[] outputs) {
        double[] wide =
                IntStream.range(0, outputs.length).mapToDouble(i -> outputs[i]).toArray();
        return Outputs.readable(
                wide, prepared.layout().cohort().task(), preparation().targets());
    }

    /** Metrics by name, of each student. */
    public List<Map<String, Double>> metrics(MultimodalDataset rows) {
        return answers(rows.samples()).stream()
                .map(answers -> Outputs.metrics(answers, rows.targets()))
                .toList();
    }

    @Override
    public void close() {
        predictor.close();
        release.run();
    }
}
