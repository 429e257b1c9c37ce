package org.metafusion.ensemble.study.sensitivity;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.metafusion.core.modality.MultimodalDataset;
import org.metafusion.core.modality.SplitDataset;
import org.metafusion.core.port.Trainer.PhaseOutcome;
import org.metafusion.core.tensor.TensorBackend;
import org.metafusion.ensemble.fit.CohortFitter;
import org.metafusion.ensemble.fit.FitOptions;
import org.metafusion.ensemble.fit.FittedCohort;
import org.metafusion.ensemble.fit.MutualOptions;
import org.metafusion.ensemble.study.Claim;
import org.metafusion.ensemble.study.CommitteeAnswers;
import org.metafusion.ensemble.study.CompleteRows;
import org.metafusion.ensemble.study.SmallFits;
import org.metafusion.ensemble.study.Study;
import org.metafusion.ensemble.study.StudyColumn;
import org.metafusion.ensemble.study.StudyContext;
import org.metafusion.ensemble.study.StudyProfile;
import org.metafusion.ensemble.study.StudyReport;
import org.metafusion.ensemble.study.StudyRun;
import org.metafusion.ensemble.study.StudySize;
import org.metafusion.ensemble.study.StudyTable;
import org.metafusion.ensemble.study.StudyValue;
import org.metafusion.ensemble.study.TrainedStudents;

/** The losses of the top performers, of all students and of the committee against rho, each rho from the same phase 1. */
public final class RhoStudy implements Study {

    private static final String TEST_LOSS = "test loss";
    private static final String SOURCE = "arXiv 2507.20089, section 3";
    private static final Claim HELPS =
            new Claim(SOURCE, "Under the rho of the lowest validation loss, top performers are better than alone.");
    private static final Claim CRITICAL = new Claim(
            SOURCE, "rho is critical: under the largest one the committee is worse than under the chosen one.");
    private static final StudyProfile PROFILE = StudyProfile.of(
                    "rho",
                    "losses of top performers and committee against the weight of the divergence",
                    2,
                    10,
                    HELPS,
                    CRITICAL)
            .takingData();

    @Override
    public StudyProfile profile() {
        return PROFILE;
    }

    /** The values of rho to sweep are those of {@code mutual.rhos}, and 0. */
    @Override
    public FitOptions options(StudySize size) {
        FitOptions options = SmallFits.ofMetaFusion(size);
        List<Double> rhos =
                size == StudySize.SMALL ? List.of(0.0, 0.5, 5.0) : List.of(0.0, 0.1, 0.2, 0.5, 1.0, 2.0, 3.0, 5.0);
        return options.withMutual(options.mutual().withRhos(rhos));
    }

    @Override
    public StudyReport run(StudyContext context) {
        List<Swept> swept = new ArrayList<>();
        try (TensorBackend backend = context.openBackend()) {
            for (StudyRun run : context.runs()) {
                swept.addAll(sweep(context, backend, run));
            }
        }
        StudyTable rows = table(swept);
        RhoFindings findings = new RhoFindings(swept);
        return new StudyReport(
                List.of(rows.overRuns("Losses by rho: cross-entropy, or squared error")),
                List.of(rows),
                List.of(findings.helps(HELPS), findings.critical(CRITICAL)),
                List.of("Validation losses of regression are of scaled targets, test losses in their unit."));
    }

    private static List<Swept> sweep(StudyContext context, TensorBackend backend, StudyRun run) {
        SplitDataset split = CompleteRows.tested(context.data().givenOr(context.isSmall() ? "demo" : "1.1", run));
        FitOptions options = context.options(run);
        MutualOptions mutual = options.mutual();
        CohortFitter fitter =
                new CohortFitter(backend, options.withMutual(mutual.withRhos(List.of(0.0))), context.progress());
        List<Swept> swept = new ArrayList<>();
        try (FittedCohort fitted = fitter.fit(split.train())) {
            double[] rhos = IntStream.rangeClosed(0, mutual.rhos().size())
                    .mapToDouble(i -> i == 0 ? 0 : mutual.rhos().get(i - 1))
                    .distinct()
                    .toArray();
            for (double rho : rhos) {
                PhaseOutcome outcome =
                        fitter.mutual(fitted, mutual.withRhos(List.of(rho))).outcome();
                swept.add(
                        losses(backend, options, fitted, outcome, split.test()).at(run.seed(), rho));
            }
        }
        return swept;
    }

    private record Losses(double judged, double top, double students, double committee) {

        Swept at(long seed, double rho) {
            return new Swept(seed, rho, judged, top, students, committee);
        }
    }

    private static Losses losses(
            TensorBackend backend,
            FitOptions options,
            FittedCohort fitted,
            PhaseOutcome outcome,
            MultimodalDataset test) {
        int[] top = fitted.top().students();
        double[] validation = FittedCohort.losses(outcome);
        CommitteeAnswers committee = CommitteeAnswers.of(backend, options, fitted, outcome, test);
        try (TrainedStudents students = TrainedStudents.of(backend, fitted, outcome)) {
            List<Map<String, Double>> metrics = students.metrics(test);
            double[] losses = metrics.stream()
                    .mapToDouble(m -> CommitteeAnswers.loss(m, test.task()))
                    .toArray();
            return new Losses(
                    mean(validation, top),
                    mean(losses, top),
                    Arrays.stream(losses).average().orElseThrow(),
                    CommitteeAnswers.loss(committee.metrics(), test.task()));
        }
    }

    private static double mean(double[] values, int[] of) {
        return Arrays.stream(of).mapToDouble(i -> values[i]).average().orElseThrow();
    }

    private static StudyTable table(List<Swept> swept) {
        return new StudyTable(
                "losses",
                "",
                List.of(
                        StudyColumn.run("seed", "seed"),
                        StudyColumn.setting("rho", "rho"),
                        StudyColumn.figure("judged", "top performers, validation")
                                .measuring("validation loss of the top performers"),
                        StudyColumn.figure("top", "top performers").measuring(TEST_LOSS),
                        StudyColumn.figure("students", "all students").measuring(TEST_LOSS),
                        StudyColumn.figure("committee", "committee").measuring(TEST_LOSS)),
                swept.stream()
                        .map(s -> List.of(
                                StudyValue.of(s.seed()),
                                StudyValue.of(s.rho()),
                                StudyValue.of(s.judged()),
                                StudyValue.of(s.top()),
                                StudyValue.of(s.students()),
                                StudyValue.of(s.committee())))
                        .toList());
    }
}
