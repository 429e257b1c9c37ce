package org.metafusion.training.phase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.metafusion.training.phase.DominatedCohort.MODALITIES;
import static org.metafusion.training.phase.DominatedCohort.ROWS;
import static org.metafusion.training.phase.DominatedCohort.STUDENTS;
import static org.metafusion.training.phase.DominatedCohort.TASK;
import static org.metafusion.training.phase.DominatedCohort.options;
import static org.metafusion.training.phase.DominatedCohort.prepare;
import static org.metafusion.training.phase.DominatedCohort.rows;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.metafusion.core.cohort.Cohort;
import org.metafusion.core.fusion.FusionOperators;
import org.metafusion.core.modality.MultimodalDataset;
import org.metafusion.core.modality.Targets;
import org.metafusion.core.port.Trainer.Objective;
import org.metafusion.core.port.Trainer.PhaseOutcome;
import org.metafusion.core.port.Trainer.PhasePlan;
import org.metafusion.core.port.Trainer.StudentOutcome;
import org.metafusion.core.port.TrainingListener;
import org.metafusion.core.port.TrainingRows;
import org.metafusion.core.tensor.TensorBackend;
import org.metafusion.training.balance.CompetitionTrace.EpochTrace;
import org.metafusion.training.balance.Modulation;
import org.metafusion.training.balance.ModulationOptions;
import org.metafusion.training.balance.ModulationOptions.Scope;
import org.metafusion.training.balance.OnTheFlyModulation;
import org.metafusion.training.phase.PreparedCohort.WatchedPhase;

/** Modulated steps on a task that modality x tells nearly and z hardly. */
final class ModulationTest {

    @RegisterExtension
    final OpenedBackends backends = new OpenedBackends();

    private static EpochTrace first(WatchedPhase phase, int student) {
        return phase.trace().student(student).orElseThrow().epochs().get(0);
    }

    /** The linear student, which would start at 0, from what would be drawn for it. */
    private static PhasePlan linearFromDrawn(PreparedCohort prepared) {
        float[] drawn = prepared.layout().initialise(7);
        List<float[]> starts = new ArrayList<>();
        for (int s = 0; s < STUDENTS.size(); s++) {
            int end = s + 1 < STUDENTS.size() ? prepared.layout().offset(s + 1) : drawn.length;
            starts.add(Arrays.copyOfRange(drawn, prepared.layout().offset(s), end));
        }
        return new PhasePlan("alone", new int[] {0}, new Objective.Mutual(new float[0][0], 0f), starts);
    }

    @Test
    void aLinearStudentStartsAtZeroAndOthersFromWhatIsDrawn() {
        try (PreparedCohort prepared = prepare(backends.open(1), 1, ModulationOptions.NONE)) {
            float[] start = prepared.layout().start(7, prepared.preparation().starts());
            float[] drawn = prepared.layout().initialise(7);
            int linear = prepared.layout().offset(1);
            assertThat(Arrays.copyOf(start, linear)).hasSize(18).containsOnly(0f);
            assertThat(Arrays.copyOfRange(start, linear, start.length))
                    .isEqualTo(Arrays.copyOfRange(drawn, linear, drawn.length));
        }
    }

    @Test
    void aStoppedModalityKeepsItsFirstLayerAndTheOtherLearns() {
        try (PreparedCohort prepared = prepare(backends.open(2), 1, options(Modulation.OGM, 1e6, Scope.STEP))) {
            WatchedPhase phase = prepared.watch(PhasePlan.alone(1));
            float[] initial = prepared.layout().initialise(7);
            float[] after = phase.outcome().students().get(0).parameters();
            double[] k = first(phase, 1).coefficients();
            assertThat(k).containsExactlyInAnyOrder(0, 1);
            int offset = prepared.layout().offset(1);
            for (int m = 0; m < 2; m++) {
                float[] before = Arrays.copyOfRange(initial, offset + m * 24, offset + (m + 1) * 24);
                float[] block = Arrays.copyOfRange(after, m * 24, (m + 1) * 24);
                assertThat(Arrays.equals(before, block)).isEqualTo(k[m] == 0);
            }
        }
    }

    @Test
    void anEncoderIsStoppedUnderAnyOperatorButTheHeadIsNot() {
        try (PreparedCohort prepared = prepare(backends.open(2), 1, options(Modulation.OGM, 1e6, Scope.STEP))) {
            WatchedPhase phase = prepared.watch(PhasePlan.alone(3));
            float[] initial = prepared.layout().initialise(7);
            float[] after = phase.outcome().students().get(0).parameters();
            double[] k = first(phase, 3).coefficients();
            assertThat(k).containsExactlyInAnyOrder(0, 1);
            int offset = prepared.layout().offset(3);
            int encoder = 4 * 5 + 5 + 5 * 3 + 3;
            for (int m = 0; m < 2; m++) {
                float[] before = Arrays.copyOfRange(initial, offset + m * encoder, offset + (m + 1) * encoder);
                float[] now = Arrays.copyOfRange(after, m * encoder, (m + 1) * encoder);
                assertThat(Arrays.equals(before, now)).isEqualTo(k[m] == 0);
            }
            float[] headBefore = Arrays.copyOfRange(initial, offset + 2 * encoder, offset + after.length);
            assertThat(Arrays.copyOfRange(after, 2 * encoder, after.length)).isNotEqualTo(headBefore);
        }
    }

    @Test
    void coefficientsOfALinearStudentAreThoseOfItsOwnLogits() {
        try (PreparedCohort prepared = prepare(backends.open(2), 1, options(Modulation.OGM, 0.4, Scope.STEP))) {
            double[] got = first(prepared.watch(linearFromDrawn(prepared)), 0).coefficients();

            float[] w = prepared.layout().initialise(7);
            MultimodalDataset train = rows(1);
            double[] scores = new double[2];
            for (int m = 0; m < 2; m++) {
                float[] x = prepared.preparation()
                        .standardisers()
                        .get(m)
                        .apply(train.samples().tables().get(m));
                for (int row = 0; row < ROWS; row++) {
                    double[] logits = {w[16], w[17]};
                    for (int j = 0; j < 4; j++) {
                        for (int c = 0; c < 2; c++) {
                            logits[c] += (double) x[row * 4 + j] * w[m * 8 + j * 2 + c];
                        }
                    }
                    int label = ((Targets.Labels) train.targets()).labels()[row];
                    scores[m] += 1 / (1 + Math.exp(logits[1 - label] - logits[label]));
                }
            }
            assertThat(got).containsExactly(new OnTheFlyModulation(0.4).coefficients(scores), within(1e-5));
        }
    }

    @Test
    void aSlowedModalityTakesThatPartOfItsStep() {
        TensorBackend backend = backends.open(1);
        try (PreparedCohort plain = prepare(backend, 1, ModulationOptions.NONE);
                PreparedCohort slowed = prepare(backend, 1, options(Modulation.OGM, 0.4, Scope.STEP))) {
            float[] initial = plain.layout().initialise(7);
            float[] whole = plain.run(linearFromDrawn(plain)).students().get(0).parameters();
            WatchedPhase phase = slowed.watch(linearFromDrawn(slowed));
            float[] part = phase.outcome().students().get(0).parameters();
            double[] k = first(phase, 0).coefficients();
            assertThat(Math.min(k[0], k[1])).isBetween(0.1, 0.9);
            for (int i = 0; i < whole.length; i++) {
                double of = i < 16 ? k[i / 8] : 1;
                assertThat((double) part[i] - initial[i]).isCloseTo(of * (whole[i] - initial[i]), within(2e-7));
            }
        }
    }

    @Test
    void anAdaptiveFirstStepIsAPlainOne() {
        TensorBackend backend = backends.open(1);
        try (PreparedCohort plain = prepare(backend, 1, ModulationOptions.NONE);
                PreparedCohort adaptive = prepare(backend, 1, options(Modulation.AGM, 1, Scope.STEP))) {
            WatchedPhase phase = adaptive.watch(PhasePlan.alone(1));
            assertThat(first(phase, 1).coefficients()).containsExactly(1, 1);
            float[] want = plain.run(PhasePlan.alone(1)).students().get(0).parameters();
            float[] got = phase.outcome().students().get(0).parameters();
            for (int i = 0; i < want.length; i++) {
                assertThat(got[i]).isCloseTo(want[i], within(1e-6f));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Scope.class)
    void theSameBitsWhoeverElseIsInTheStackAndWhateverTheThreads(Scope scope) {
        for (Modulation kind : List.of(Modulation.OGM_GE, Modulation.AGM)) {
            try (PreparedCohort many = prepare(backends.open(3), 5, options(kind, 1, scope));
                    PreparedCohort few = prepare(backends.open(1), 5, options(kind, 1, scope))) {
                PhaseOutcome all = many.run(PhasePlan.alone(0, 1, 2, 3, 4));
                for (PhasePlan plan : List.of(PhasePlan.alone(1, 3), PhasePlan.alone(1), PhasePlan.alone(3))) {
                    for (StudentOutcome student : few.run(plan).students()) {
                        assertThat(student.parameters())
                                .isEqualTo(all.students().get(student.student()).parameters());
                    }
                }
            }
        }
    }

    /** Under so strong a modulation one modality of each copy stands still. */
    @Test
    void copiesOfFoldsAreModulatedByTheRowsTheyLearnFrom() {
        int[] foldOf = IntStream.range(0, ROWS).map(i -> i % 2).toArray();
        TrainingOptions options = new TrainingOptions(1, ROWS, 1e-2f, 0f, 0f, 1, 1f, 1f, 7);
        CohortTrainer trainer = new CohortTrainer(
                backends.open(2),
                FusionOperators.standard(),
                Map.of(),
                options,
                options(Modulation.OGM, 1e6, Scope.STEP));
        TrainingRows rows = TrainingRows.crossFitted(rows(1), 2, foldOf);
        try (PreparedCohort prepared =
                trainer.begin(new Cohort(MODALITIES, TASK, STUDENTS), rows, TrainingListener.SILENT)) {
            float[] initial = prepared.layout().initialise(7);
            float[] after = prepared.run(PhasePlan.alone(1)).students().get(0).parameters();
            int offset = prepared.layout().offset(1);
            int copy = after.length / 2;
            for (int fold = 0; fold < 2; fold++) {
                int stopped = 0;
                for (int m = 0; m < 2; m++) {
                    int from = fold * copy + m * 24;
                    float[] before = Arrays.copyOfRange(initial, offset + from, offset + from + 24);
                    stopped += Arrays.equals(before, Arrays.copyOfRange(after, from, from + 24)) ? 1 : 0;
                }
                assertThat(stopped).as("modalities stopped in copy %d", fold).isEqualTo(1);
            }
            assertThatThrownBy(() -> prepared.watch(PhasePlan.alone(1)))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("Students are watched in one copy each but have 2");
        }
    }

    @Test
    void aStudentOfOneModalityIsLeftAlone() {
        TensorBackend backend = backends.open(1);
        try (PreparedCohort plain = prepare(backend, 4, ModulationOptions.NONE);
                PreparedCohort modulated = prepare(backend, 4, options(Modulation.OGM_GE, 1, Scope.STEP))) {
            assertThat(modulated.run(PhasePlan.alone(4)).students().get(0).parameters())
                    .isEqualTo(plain.run(PhasePlan.alone(4)).students().get(0).parameters());
        }
    }
}
