package org.metafusion.ensemble.study.variance;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.metafusion.core.cohort.Cohort;
import org.metafusion.core.fusion.FusionOperators;
import org.metafusion.core.modality.SplitDataset;
import org.metafusion.core.port.Trainer.PhaseOutcome;
import org.metafusion.core.port.Trainer.PhasePlan;
import org.metafusion.core.port.TrainingListener;
import org.metafusion.core.port.TrainingRows;
import org.metafusion.core.tensor.TensorBackend;
import org.metafusion.ensemble.fit.CohortFitter;
import org.metafusion.ensemble.fit.Extractors;
import org.metafusion.ensemble.fit.FitOptions;
import org.metafusion.ensemble.fit.FittedCohort;
import org.metafusion.ensemble.screening.Screening;
import org.metafusion.ensemble.screening.TopPerformers;
import org.metafusion.ensemble.study.CommitteeAnswers;
import org.metafusion.ensemble.study.TrainedStudents;
import org.metafusion.training.phase.CohortTrainer;
import org.metafusion.training.phase.PreparedCohort;

/**
 * Trains the same cohort on the same rows, with the same rows to select by, from other initial weights, batches and dropout
 * each time; and decomposes the errors of what each training says about the same test rows.
 */
final class Initialisations {

    private final TensorBackend backend;
    private final FitOptions options;
    private final TrainingListener listener;
    private final SplitDataset data;
    private final TrainingRows split;
    private final Cohort cohort;
    private final Map<Double, List<Said>> saidByRho = new TreeMap<>();
    private int[] taught = new int[0];

    /** What one training under one rho says: each student, and the committee. */
    private record Said(List<double[]> students, double[] committee) {}

    Initialisations(TensorBackend backend, FitOptions options, TrainingListener listener, SplitDataset data) {
        this.backend = backend;
        this.options = options;
        this.listener = listener;
        this.data = data;
        this.split = options.validation()
                .holdout()
                .split(data.train(), options.training().seed());
        this.cohort = new CohortFitter(backend, options, listener)
                .plan(split, data.train().rows());
        this.taught = new int[cohort.size()];
    }

    /** Trains {@code count} times, each time under every rho of the options. */
    List<Decomposed> decompose(int count) {
        long seed = options.training().seed();
        for (int i = 0; i < count; i++) {
            train(options.withTraining(options.training().withSeed(seed * 1000 + i)));
        }
        List<Decomposed> all = new ArrayList<>();
        saidByRho.forEach((rho, said) -> {
            List<Decomposition> students = students(said);
            List<Decomposition> top = mostlyTop().mapToObj(students::get).toList();
            List<double[]> committees = said.stream().map(Said::committee).toList();
            all.add(new Decomposed(seed, rho, Decomposed.STUDENTS, Decomposition.mean(students)));
            all.add(new Decomposed(seed, rho, Decomposed.TOP, Decomposition.mean(top)));
            Decomposition committee = Decomposition.of(committees, data.test().targets());
            all.add(new Decomposed(seed, rho, Decomposed.COMMITTEE, committee));
        });
        return all;
    }

    private List<Decomposition> students(List<Said> said) {
        return IntStream.range(0, cohort.size())
                .mapToObj(s -> Decomposition.of(
                        said.stream().map(one -> one.students().get(s)).toList(),
                        data.test().targets()))
                .toList();
    }

    /** The students that were top performers most often. */
    private IntStream mostlyTop() {
        int most = IntStream.of(taught).max().orElseThrow();
        return IntStream.range(0, taught.length).filter(s -> 2 * taught[s] >= most);
    }

    private void train(FitOptions seeded) {
        CohortTrainer trainer = new CohortTrainer(
                backend,
                FusionOperators.standard(),
                Extractors.of(options.cohort()).byName(),
                seeded.training(),
                seeded.modulation());
        CohortFitter fitter = new CohortFitter(backend, seeded, listener);
        try (PreparedCohort prepared = trainer.begin(cohort, split, listener)) {
            PhaseOutcome alone = prepared.run(
                    PhasePlan.alone(IntStream.range(0, cohort.size()).toArray()));
            TopPerformers top = new Screening(seeded.mutual().clusters()).screen(FittedCohort.losses(alone));
            IntStream.of(top.students()).forEach(s -> taught[s]++);
            FittedCohort fitted = new FittedCohort(cohort, split, prepared, alone, top, List.of(), 0, alone);
            for (double rho : seeded.mutual().rhos()) {
                PhaseOutcome outcome = fitter.mutual(fitted, seeded.mutual().withRhos(List.of(rho)))
                        .outcome();
                saidByRho.computeIfAbsent(rho, key -> new ArrayList<>()).add(said(seeded, fitted, outcome));
            }
        }
    }

    private Said said(FitOptions seeded, FittedCohort fitted, PhaseOutcome outcome) {
        double[] committee = CommitteeAnswers.of(backend, seeded, fitted, outcome, data.test())
                .values();
        try (TrainedStudents students = TrainedStudents.of(backend, fitted, outcome)) {
            return new Said(students.answers(data.test().samples()), committee);
        }
    }
}
