package org.metafusion.training.phase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.metafusion.training.phase.DominatedCohort.ROWS;
import static org.metafusion.training.phase.DominatedCohort.options;
import static org.metafusion.training.phase.DominatedCohort.prepare;
import static org.metafusion.training.phase.DominatedCohort.rows;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.metafusion.core.modality.Targets;
import org.metafusion.core.port.Trainer.PhaseOutcome;
import org.metafusion.core.port.Trainer.PhasePlan;
import org.metafusion.core.port.Trainer.StudentOutcome;
import org.metafusion.core.tensor.TensorBackend;
import org.metafusion.training.balance.CompetitionTrace.EpochTrace;
import org.metafusion.training.balance.Modulation;
import org.metafusion.training.balance.ModulationOptions.Scope;
import org.metafusion.training.phase.PreparedCohort.WatchedPhase;

/** Modality competition, watched while students learn. */
final class WatchedPhaseTest {

    @RegisterExtension
    final OpenedBackends backends = new OpenedBackends();

    @Test
    void watchingChangesNothingAndAddsUp() {
        TensorBackend backend = backends.open(1);
        try (PreparedCohort prepared = prepare(backend, 30, options(Modulation.OGM, 0.5, Scope.STEP))) {
            PhaseOutcome unwatched = prepared.run(PhasePlan.alone(0, 2, 4));
            WatchedPhase watched = prepared.watch(PhasePlan.alone(0, 2, 4));
            for (int i = 0; i < 3; i++) {
                StudentOutcome student = watched.outcome().students().get(i);
                assertThat(student.parameters())
                        .isEqualTo(unwatched.students().get(i).parameters());
                var course = watched.trace().student(student.student()).orElseThrow();
                assertThat(course.epochs()).hasSize(30);
                EpochTrace best = course.epoch(student.bestEpoch()).orElseThrow();
                assertThat(best.score()).isCloseTo(accuracy(student.validationOutputs()), within(1e-12));
                assertThat(best.gradientNorms()).hasSize(course.modalities().length);
                assertThat(Arrays.stream(best.gradientNorms()).min().orElse(0)).isPositive();
                assertThat(Arrays.stream(best.shapleyShares()).sum()).isCloseTo(1, within(1e-12));
            }
            assertThat(watched.trace().student(4).orElseThrow().modalities()).containsExactly(0);
        }
    }

    private static double accuracy(float[] outputs) {
        int[] labels = ((Targets.Labels) rows(2).targets()).labels();
        return IntStream.range(0, ROWS)
                        .filter(row -> (outputs[2 * row + 1] > outputs[2 * row] ? 1 : 0) == labels[row])
                        .count()
                / (double) ROWS;
    }
}
