package org.metafusion.ensemble.study.competition;

import java.util.ArrayList;
import java.util.List;
import org.metafusion.core.FusionException;
import org.metafusion.core.modality.MultimodalDataset;
import org.metafusion.core.modality.Task;
import org.metafusion.core.tensor.TensorBackend;
import org.metafusion.ensemble.competition.CompetitionAnalysis;
import org.metafusion.ensemble.competition.CompetitionReport;
import org.metafusion.ensemble.study.Claim;
import org.metafusion.ensemble.study.Study;
import org.metafusion.ensemble.study.StudyContext;
import org.metafusion.ensemble.study.StudyProfile;
import org.metafusion.ensemble.study.StudyReport;
import org.metafusion.ensemble.study.StudyRun;
import org.metafusion.ensemble.study.StudyTable;
import org.metafusion.training.balance.Modulation;
import org.metafusion.training.balance.ModulationOptions.Scope;

/**
 * Two students that join all modalities, of raw features and of trained encoders, trained without modulation and with each
 * kind; and each modality alone. On data with a dominant modality, unless the user gives others.
 */
public final class CompetitionStudy implements Study {

    private static final List<Modulation> KINDS = List.of(Modulation.OGM, Modulation.OGM_GE, Modulation.AGM);

    private static final Claim STARVED = new Claim(
            "arXiv 2506.20494; Peng et al. 2022 (OGM-GE)",
            "Trained jointly, a modality reaches less within the fused student than in a student of its own.");
    private static final Claim RAISED = new Claim(
            "Peng et al. 2022 (OGM-GE), Li et al. 2023 (AGM)",
            "Modulating gradients raises what the starved modality reaches within the fused student.");
    private static final Claim BETTER = new Claim(
            "Peng et al. 2022 (OGM-GE), Li et al. 2023 (AGM)", "Modulating gradients makes the fused student better.");
    private static final StudyProfile PROFILE = StudyProfile.of(
                    "competition",
                    "a dominant modality crowds out another: OGM, OGM-GE and AGM against plain training",
                    2,
                    5,
                    STARVED,
                    RAISED,
                    BETTER)
            .takingData();

    @Override
    public StudyProfile profile() {
        return PROFILE;
    }

    @Override
    public StudyReport run(StudyContext context) {
        List<Watched> watched = new ArrayList<>();
        try (TensorBackend backend = context.openBackend()) {
            for (StudyRun run : context.runs()) {
                MultimodalDataset rows =
                        context.data().givenOr("dominant-modality", run).train();
                if (!(rows.task() instanceof Task.Classification)) {
                    throw new FusionException("Study 'competition' modulates by the probability of the true class, but"
                            + " the task of '" + rows.name() + "' is regression; give it data with classes");
                }
                CompetitionAnalysis analysis =
                        new CompetitionAnalysis(backend, context.options(run), context.progress());
                watched.add(new Watched(run.seed(), analysis.of(rows, KINDS)));
            }
        }
        StudyTable rows = CompetitionTables.kept(watched);
        CompetitionFindings findings = new CompetitionFindings(watched);
        return new StudyReport(
                List.of(rows.overRuns("Scores on validation rows, at the epoch of the lowest validation loss")),
                List.of(rows, CompetitionTables.epochs(watched)),
                List.of(findings.starved(STARVED), findings.raised(RAISED, KINDS), findings.better(BETTER, KINDS)),
                List.of(
                        "Within the fused student a modality is scored with the others at their training mean.",
                        scope(context)));
    }

    private static String scope(StudyContext context) {
        return context.config().options().modulation().scope() == Scope.STEP
                ? "Coefficients scale the optimiser's step, since AdamW divides the gradient by its own size"
                        + " (training.modulation-scope)."
                : "Coefficients scale the gradient, of which AdamW divides most out again (training.modulation-scope).";
    }

    /** What a run found. */
    record Watched(long seed, CompetitionReport report) {}
}
