package org.metafusion.training.phase;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.metafusion.training.phase.DominatedCohort.MODALITIES;
import static org.metafusion.training.phase.DominatedCohort.RAW;
import static org.metafusion.training.phase.DominatedCohort.ROWS;
import static org.metafusion.training.phase.DominatedCohort.STUDENTS;
import static org.metafusion.training.phase.DominatedCohort.TASK;
import static org.metafusion.training.phase.DominatedCohort.dataset;
import static org.metafusion.training.phase.DominatedCohort.options;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.metafusion.core.FusionException;
import org.metafusion.core.cohort.Cohort;
import org.metafusion.core.fusion.Concatenation;
import org.metafusion.core.fusion.FusionOperators;
import org.metafusion.core.modality.Modality;
import org.metafusion.core.modality.MultimodalDataset;
import org.metafusion.core.modality.Targets;
import org.metafusion.core.modality.Task;
import org.metafusion.core.port.Trainer.PhasePlan;
import org.metafusion.core.port.TrainingListener;
import org.metafusion.core.port.TrainingRows;
import org.metafusion.core.student.HeadSpec;
import org.metafusion.core.student.StudentSpec;
import org.metafusion.training.balance.Modulation;
import org.metafusion.training.balance.ModulationOptions.Scope;

/** What cannot be modulated or watched is said. */
final class ModulationErrorsTest {

    @RegisterExtension
    final OpenedBackends backends = new OpenedBackends();

    @Test
    void regressionIsRefused() {
        Task.Regression task = new Task.Regression(List.of("y"));
        MultimodalDataset data = dataset(
                List.of(new float[ROWS * 4], new float[ROWS * 4]),
                MODALITIES,
                new Targets.Values(task, new float[ROWS]));
        TrainingOptions options = new TrainingOptions(1, ROWS, 1e-2f, 0f, 0f, 1, 1f, 1f, 7);
        CohortTrainer trainer = new CohortTrainer(
                backends.open(1),
                FusionOperators.standard(),
                Map.of(),
                options,
                options(Modulation.OGM_GE, 1, Scope.STEP));
        Cohort cohort = new Cohort(MODALITIES, task, STUDENTS);
        assertThatThrownBy(() -> trainer.begin(cohort, TrainingRows.holdout(data, data), TrainingListener.SILENT))
                .isInstanceOf(FusionException.class)
                .hasMessage("Modulation 'ogm-ge' weighs modalities by the probability of the true class, but the task"
                        + " is regression; set training.modulation to none");
    }

    @Test
    void sevenModalitiesAreTooManyForAgmAndForWatching() {
        List<Modality> seven =
                IntStream.range(0, 7).mapToObj(m -> Modality.of("m" + m, 2)).toList();
        int[] labels = IntStream.range(0, ROWS).map(i -> i % 2).toArray();
        MultimodalDataset data =
                dataset(java.util.Collections.nCopies(7, new float[ROWS * 2]), seven, new Targets.Labels(TASK, labels));
        StudentSpec early = new StudentSpec(java.util.Collections.nCopies(7, RAW), Concatenation.NAME, HeadSpec.LINEAR);
        TrainingOptions options = new TrainingOptions(1, ROWS, 1e-2f, 0f, 0f, 1, 1f, 1f, 7);
        Cohort cohort = new Cohort(seven, TASK, List.of(early));
        TrainingRows rows = TrainingRows.holdout(data, data);
        CohortTrainer trainer = new CohortTrainer(
                backends.open(1),
                FusionOperators.standard(),
                Map.of(),
                options,
                options(Modulation.AGM, 1, Scope.STEP));
        assertThatThrownBy(() -> trainer.begin(cohort, rows, TrainingListener.SILENT))
                .isInstanceOf(FusionException.class)
                .hasMessage("Modulation 'agm' asks about every set of modalities and takes 6 modalities at most, but"
                        + " the data has 7; use ogm or ogm-ge, which ask about each alone");
        CohortTrainer plain = new CohortTrainer(backends.open(1), FusionOperators.standard(), Map.of(), options);
        try (PreparedCohort prepared = plain.begin(cohort, rows, TrainingListener.SILENT)) {
            assertThatThrownBy(() -> prepared.watch(PhasePlan.alone(0)))
                    .isInstanceOf(FusionException.class)
                    .hasMessage(
                            "Modality competition is measured over every set of modalities and takes 6 modalities at"
                                    + " most, but the data has 7");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"OGM", "OGM_GE", "BLENDING"})
    void moreModalitiesThanBitsAreTooManyForAnyModulation(Modulation kind) {
        assertThatThrownBy(() -> options(kind, 1, Scope.STEP).requirePossible(TASK, 31))
                .isInstanceOf(FusionException.class)
                .hasMessage("Modulation '" + kind.label() + "' takes 30 modalities at most, but the data has 31; set"
                        + " training.modulation to none");
    }
}
