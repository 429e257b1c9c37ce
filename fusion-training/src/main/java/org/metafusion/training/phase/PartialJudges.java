package org.metafusion.training.phase;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.metafusion.core.port.Trainer.PhaseOutcome;
import org.metafusion.core.port.Trainer.PhasePlan;
import org.metafusion.core.port.Trainer.StudentOutcome;
import org.metafusion.core.tensor.Members;
import org.metafusion.core.tensor.Tensor;
import org.metafusion.core.tensor.TensorArena;
import org.metafusion.core.tensor.TensorBackend;
import org.metafusion.training.network.CohortLayout;

/** What the tolerant students of a finished phase say about the validation rows when only some modalities are there. */
final class PartialJudges implements AutoCloseable {

    private final TensorBackend backend;
    private final CohortLayout layout;
    private final int judgedRows;
    private final int[] students;
    private final TensorArena arena;
    private final List<FoldJudge> judges = new ArrayList<>();

    PartialJudges(TensorBackend backend, CohortLayout layout, CohortRows rows, PhaseOutcome outcome) {
        this.backend = backend;
        this.layout = layout;
        this.judgedRows = rows.judgedRows();
        this.arena = backend.openArena("students when modalities are missing");
        float[] flat = new float[layout.size()];
        for (StudentOutcome student : outcome.students()) {
            System.arraycopy(
                    student.parameters(), 0, flat, layout.offset(student.student()), student.parameters().length);
        }
        Tensor values = arena.upload(backend, 1, layout.size(), flat);
        this.students = outcome.students().stream()
                .mapToInt(StudentOutcome::student)
                .filter(s -> layout.cohort().students().get(s).isTolerant())
                .toArray();
        BatchPass.Parameters parameters = new BatchPass.Parameters(layout, arena, values, values);
        Members copies = layout.copiesOf(students);
        for (ValidationRows validation : rows.validation()) {
            Members judging = layout.ofFold(validation.fold(), copies);
            CohortLoss loss = CohortLoss.of(
                    backend, arena, layout, judging, PhasePlan.alone(students).objective(), 1f);
            judges.add(new FoldJudge(backend, arena, parameters, judging, validation, loss));
        }
    }

    /** Outputs {@code [rows, outputs]} by student number of the cohort; empty for one that is not tolerant. */
    float[][] outputs(BitSet available) {
        float[][] outputs = new float[layout.cohort().size()][];
        Arrays.fill(outputs, new float[0]);
        for (int student : students) {
            outputs[student] = new float[judgedRows * layout.cohort().task().outputs()];
        }
        judges.forEach(judge -> judge.outputs(outputs, available));
        return outputs;
    }

    @Override
    public void close() {
        judges.forEach(FoldJudge::close);
        backend.synchronize();
        arena.close();
    }
}
