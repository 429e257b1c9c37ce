package org.metafusion.ensemble;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.metafusion.core.modality.Task;
import org.metafusion.core.student.StudentSpec;
import org.metafusion.ensemble.committee.Committee;
import org.metafusion.ensemble.competition.CompetitionReport;
import org.metafusion.ensemble.fit.RhoTrial;
import org.metafusion.ensemble.model.FusionModel;
import org.metafusion.ensemble.screening.TopPerformers;
import org.metafusion.ensemble.signs.Sign;
import org.metafusion.ensemble.strategy.Comparison;
import org.metafusion.ensemble.strategy.Reach;
import org.metafusion.ensemble.strategy.StrategyOutcome;

/**
 * A fitted model and how it came about.
 *
 * @param students of the cohort, best validation loss first
 * @param top the screening after phase 1
 * @param rhoTrials the weights of the divergence that were tried
 * @param rho the chosen one
 * @param committee for all modalities
 * @param judgedOn the validation rows that the committee's loss is the mean of
 * @param baselines what other ways to fuse reach on those validation rows that have what they need; with test metrics only
 *     where test rows were given, and then followed by the committees of the independent cohort and of this model
 * @param signs what looks wrong, in words
 * @param competition how modalities compete within students that join them; empty unless asked for
 * @param history what happened meanwhile, for charts
 * @param seconds it took
 */
public record FitResult(
        FusionModel model,
        Task task,
        List<StudentRow> students,
        TopPerformers top,
        List<RhoTrial> rhoTrials,
        double rho,
        Committee committee,
        Reach judgedOn,
        List<StrategyOutcome> baselines,
        List<Sign> signs,
        Optional<CompetitionReport> competition,
        FitHistory history,
        double seconds) {

    /** The same with an account of how modalities compete. */
    public FitResult with(CompetitionReport report) {
        return new FitResult(
                model,
                task,
                students,
                top,
                rhoTrials,
                rho,
                committee,
                judgedOn,
                baselines,
                signs,
                Optional.of(report),
                history,
                seconds);
    }

    /** The ways to fuse side by side: the baselines, and the committee whether it was measured beside them or not. */
    public List<StrategyOutcome> ways() {
        if (baselines.stream().anyMatch(o -> o.name().equals(Comparison.COMMITTEE))) {
            return baselines;
        }
        int members = committee.members().length;
        String detail = members + (members == 1 ? " student" : " students");
        return Stream.concat(
                        baselines.stream(),
                        Stream.of(StrategyOutcome.judged(
                                Comparison.COMMITTEE, detail, committee.validationLoss(), judgedOn)))
                .toList();
    }

    /** Whether a way's validation loss is of the rows that the committee's is of, so that the two compare. */
    public boolean isJudgedAlike(StrategyOutcome way) {
        return way.judgedOn().rows() == judgedOn.rows();
    }

    /**
     * A student of the leaderboard.
     *
     * @param spec its representations, operator and head
     * @param cluster of the screening, 0 the best
     * @param isTopPerformer whether it taught
     * @param lossAlone validation task loss after phase 1
     * @param lossMutual after phase 2
     * @param weight in the committee for all modalities; 0 if it is no member
     */
    public record StudentRow(
            int student,
            StudentSpec spec,
            int cluster,
            boolean isTopPerformer,
            double lossAlone,
            double lossMutual,
            double weight) {

        /** Its representations, operator and head in a word. */
        public String label() {
            return spec.label();
        }
    }
}
