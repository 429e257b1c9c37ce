package org.metafusion.training.phase;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.metafusion.core.port.Trainer.Objective;
import org.metafusion.core.tensor.Members;
import org.metafusion.core.tensor.OptimizerKernels.ParameterLayout;
import org.metafusion.core.tensor.Tensor;
import org.metafusion.core.tensor.TensorArena;
import org.metafusion.core.tensor.TensorBackend;
import org.metafusion.training.network.CohortLayout;
import org.metafusion.training.network.CohortNetwork;
import org.metafusion.training.network.DropoutSeed;
import org.metafusion.training.network.Presence;

/** The students in the stack at present, with all their copies: a network for a training batch, and a judge a fold. */
final class ActiveCohort implements AutoCloseable {

    private final TensorBackend backend;
    private final CohortLayout layout;
    private final int[] students;
    private final TensorArena arena;
    private final ParameterLayout parts;
    private final List<Lesson> lessons = new ArrayList<>();
    private final List<FoldJudge> judges = new ArrayList<>();
    private final int judgedRows;

    /** Copies that learn together, and from what. */
    private record Lesson(BatchPass pass, CohortLoss loss, Tensor totals) {}

    ActiveCohort(
            TensorBackend backend,
            BatchPass.Parameters parameters,
            int[] students,
            Objective objective,
            CohortRows rows,
            TrainingOptions options) {
        this.backend = backend;
        this.layout = parameters.layout();
        this.students = students;
        this.judgedRows = rows.judgedRows();
        Members copies = layout.copiesOf(students);
        this.parts = layout.parts(copies);
        this.arena = backend.openArena("step of " + copies.count() + " students");
        boolean inPairs = objective instanceof Objective.Cooperative;
        for (Members learners : inPairs ? byFold(copies) : List.of(copies)) {
            CohortLoss loss = CohortLoss.of(backend, arena, layout, learners, objective, options.temperature());
            int batch = Math.min(options.batchSize(), rows.train().rows());
            BatchPass pass = BatchPass.of(backend, arena, parameters, learners, rows.train(), batch, options.dropout());
            lessons.add(new Lesson(pass, loss, arena.zeros(learners, 1, 2)));
        }
        CohortLoss judged = lessons.get(0).loss().withoutPeers();
        for (ValidationRows validation : rows.validation()) {
            Members judges = layout.ofFold(validation.fold(), copies);
            this.judges.add(new FoldJudge(backend, arena, parameters, judges, validation, judged));
        }
    }

    /** The copies of each fold: the two students of a cooperative pair add up fold by fold. */
    private List<Members> byFold(Members copies) {
        return IntStream.range(0, layout.folds())
                .mapToObj(fold -> layout.ofFold(fold, copies))
                .toList();
    }

    /** The active students, ascending. */
    int[] students() {
        return students.clone();
    }

    /** The parts of the flat buffers that belong to the active students. */
    ParameterLayout parts() {
        return parts;
    }

    int batchRows() {
        return lessons.get(0).pass().rows();
    }

    /**
     * Queues forward, loss and backward of one batch; the gradients are then ready for the optimiser.
     *
     * @param presence what tolerant students are told the rows have
     */
    void step(DeviceRows rows, Presence presence, int[] order, int from, DropoutSeed dropoutSeed) {
        for (Lesson lesson : lessons) {
            CohortNetwork network = lesson.pass().network();
            lesson.pass().load(rows, presence, order, from);
            network.forward(dropoutSeed);
            lesson.pass().loss(lesson.loss(), network.dOutputs(), lesson.totals());
            network.backward(dropoutSeed);
        }
    }

    /** Mean task loss by student number of the cohort; NaN for a student that sees no row or is not active. */
    double[] validate() {
        double[] losses = new double[layout.cohort().size()];
        long[] counts = new long[losses.length];
        judges.forEach(judge -> judge.judge(losses, counts));
        for (int s = 0; s < losses.length; s++) {
            losses[s] = counts[s] == 0 ? Double.NaN : losses[s] / counts[s];
        }
        return losses;
    }

    /** Outputs {@code [rows, outputs]} by student number of the cohort; empty for one that is not active. */
    float[][] outputs() {
        float[][] outputs = new float[layout.cohort().size()][];
        Arrays.fill(outputs, new float[0]);
        for (int student : students) {
            outputs[student] = new float[judgedRows * layout.cohort().task().outputs()];
        }
        judges.forEach(judge -> judge.outputs(outputs));
        return outputs;
    }

    @Override
    public void close() {
        lessons.forEach(lesson -> lesson.pass().network().close());
        judges.forEach(FoldJudge::close);
        backend.synchronize();
        arena.close();
    }
}
