package org.metafusion.ensemble.study.sensitivity;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.metafusion.core.modality.MultimodalDataset;
import org.metafusion.core.modality.SplitDataset;
import org.metafusion.core.port.Trainer.PhaseOutcome;
import org.metafusion.core.tensor.TensorBackend;
import org.metafusion.ensemble.committee.SelectionOptions;
import org.metafusion.ensemble.fit.CohortFitter;
import org.metafusion.ensemble.fit.FitOptions;
import org.metafusion.ensemble.fit.FittedCohort;
import org.metafusion.ensemble.screening.ClusterCount;
import org.metafusion.ensemble.screening.Screening;
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

/**
 * The committee against the number of clusters of the screening, which decides who teaches, and against the share of the
 * worst students that it may not have; greedily selected, as in the paper, from the same phase 1.
 */
public final class SelectionStudy implements Study {

    static final String CLUSTERS = "clusters";
    static final String PRUNED = "pruned share";

    private static final String SOURCE = "arXiv 2507.20089, section 3";
    private static final Claim SILHOUETTE = new Claim(
            SOURCE,
            "With the number of clusters of the highest silhouette the committee is no worse than with any other.");
    private static final Claim PRUNING =
            new Claim(SOURCE, "Dropping the worst fifth of the students makes the committee no worse.");
    private static final StudyProfile PROFILE = StudyProfile.of(
                    "selection",
                    "committee against the number of screening clusters and the pruned share of students",
                    2,
                    10,
                    SILHOUETTE,
                    PRUNING)
            .takingData();

    @Override
    public StudyProfile profile() {
        return PROFILE;
    }

    /** Under a rho of 1, not one chosen, since under 0 it does not matter who teaches. */
    @Override
    public FitOptions options(StudySize size) {
        FitOptions options = SmallFits.ofMetaFusion(size);
        return options.withMutual(options.mutual().withRhos(List.of(1.0)));
    }

    @Override
    public StudyReport run(StudyContext context) {
        List<Chosen> chosen = new ArrayList<>();
        try (TensorBackend backend = context.openBackend()) {
            for (StudyRun run : context.runs()) {
                SplitDataset split =
                        CompleteRows.tested(context.data().givenOr(context.isSmall() ? "demo" : "1.1", run));
                Measuring measuring = new Measuring(backend, context.options(run), split.test(), run.seed());
                CohortFitter fitter = new CohortFitter(backend, measuring.options(), context.progress());
                try (FittedCohort fitted = fitter.fit(split.train())) {
                    chosen.addAll(measuring.clusters(fitter, fitted, context.isSmall() ? 3 : 8));
                    chosen.addAll(measuring.pruning(fitted));
                }
            }
        }
        StudyTable rows = table(chosen);
        SelectionFindings findings = new SelectionFindings(chosen);
        return new StudyReport(
                List.of(rows.overRuns("The committee's test loss: cross-entropy, or squared error")),
                List.of(rows),
                List.of(findings.silhouette(SILHOUETTE), findings.pruning(PRUNING)),
                List.of(
                        "Students learn under rho 1 unless mutual.rhos says otherwise; shares are pruned under the silhouette."));
    }

    private record Measuring(TensorBackend backend, FitOptions options, MultimodalDataset test, long seed) {

        List<Chosen> clusters(CohortFitter fitter, FittedCohort fitted, int most) {
            Map<String, Screening> screenings = new LinkedHashMap<>();
            screenings.put("silhouette", new Screening(ClusterCount.SILHOUETTE));
            screenings.put("elbow", new Screening(ClusterCount.ELBOW));
            for (int k = 2; k <= most; k++) {
                screenings.put(Integer.toString(k), Screening.into(k));
            }
            List<Chosen> chosen = new ArrayList<>();
            screenings.forEach((name, screening) -> {
                FittedCohort screened = fitted.with(screening.screen(FittedCohort.losses(fitted.alone())));
                PhaseOutcome outcome = fitter.mutual(screened, options.mutual()).outcome();
                int teachers = screened.top().students().length;
                chosen.add(new Chosen(seed, CLUSTERS, name, teachers, loss(options, screened, outcome)));
            });
            return chosen;
        }

        List<Chosen> pruning(FittedCohort fitted) {
            List<Chosen> chosen = new ArrayList<>();
            SelectionOptions selection = options.selection();
            for (double share : List.of(0.0, 0.2, 0.4, 0.6, 0.8)) {
                FitOptions pruned = options.withSelection(new SelectionOptions(
                        share, selection.initialMembers(), selection.maxMembers(), selection.seed()));
                int kept = Math.max(1, (int) (fitted.cohort().size() * (1 - share)));
                double loss = loss(pruned, fitted, fitted.mutual());
                chosen.add(new Chosen(seed, PRUNED, Double.toString(share), kept, loss));
            }
            return chosen;
        }

        private double loss(FitOptions how, FittedCohort fitted, PhaseOutcome outcome) {
            CommitteeAnswers committee = CommitteeAnswers.of(backend, how, fitted, outcome, test);
            return CommitteeAnswers.loss(committee.metrics(), test.task());
        }
    }

    private static StudyTable table(List<Chosen> chosen) {
        return new StudyTable(
                "losses",
                "",
                List.of(
                        StudyColumn.run("seed", "seed"),
                        StudyColumn.setting("what", "chosen"),
                        StudyColumn.compared("value", "how"),
                        StudyColumn.figure("count", "teachers, or students left")
                                .aside(),
                        StudyColumn.figure("loss", "committee").measuring("test loss of the committee")),
                chosen.stream()
                        .map(c -> List.of(
                                StudyValue.of(c.seed()),
                                StudyValue.of(c.what()),
                                StudyValue.of(c.value()),
                                StudyValue.of((long) c.count()),
                                StudyValue.of(c.loss())))
                        .toList());
    }
}
