package org.metafusion.ensemble.signs;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.metafusion.core.cohort.Cohort;
import org.metafusion.core.modality.Task;
import org.metafusion.ensemble.committee.CombinationRule;
import org.metafusion.ensemble.committee.Committee;
import org.metafusion.ensemble.committee.SelectionOptions;
import org.metafusion.ensemble.committee.ValidationOutputs;
import org.metafusion.ensemble.metric.PairedDifference;
import org.metafusion.ensemble.screening.TopPerformers;

/**
 * Looks for failure signs in a fit and words them.
 *
 * @param leastDivergence students have collapsed if their mean pairwise divergence is under this share of their mean
 *     task loss; for squared error a committee gains half the mean pairwise divergence over its mean member, so that
 *     0.01 means that it can gain half a percent. A share, so that students that agree because all are right are not
 *     taken for collapsed
 * @param fewestRows fewer validation rows than this are called few
 * @param standardErrors a modality must do more harm, and a committee be worse than its best student by more, than this
 *     many standard errors of the paired difference
 */
public record FailureSigns(double leastDivergence, int fewestRows, double standardErrors) {

    public static final FailureSigns DEFAULT = new FailureSigns(0.01, 50, 2);

    /**
     * The signs there are, none if nothing looks wrong.
     *
     * @param validation what the students say about the validation rows
     * @param judged what they say about those that the committee was selected on, the rows its loss is of
     */
    public List<Sign> of(
            Cohort cohort,
            ValidationOutputs validation,
            ValidationOutputs judged,
            TopPerformers top,
            Committee committee) {
        List<Sign> signs = new ArrayList<>();
        fewRows(validation).ifPresent(signs::add);
        everyone(top).ifPresent(signs::add);
        collapsed(validation).ifPresent(signs::add);
        worseThanBest(cohort, judged, committee).ifPresent(signs::add);
        signs.addAll(new Contradictions(cohort, validation, standardErrors).signs());
        return List.copyOf(signs);
    }

    private Optional<Sign> fewRows(ValidationOutputs validation) {
        if (validation.rows() >= fewestRows) {
            return Optional.empty();
        }
        return sign(
                Sign.Kind.FEW_VALIDATION_ROWS,
                "Only %d validation %s, fewer than %d: top performers and committee are chosen by losses that are"
                        + " themselves uncertain; give more rows or, without cross-fitting, a larger validation-fraction",
                validation.rows(),
                validation.rows() == 1 ? "row" : "rows",
                fewestRows);
    }

    private static Optional<Sign> everyone(TopPerformers top) {
        if (!top.isEveryone()) {
            return Optional.empty();
        }
        return sign(
                Sign.Kind.EVERYONE_IS_TOP_PERFORMER,
                "The screening left nobody out (%s), so that good and bad students teach alike",
                top.reason());
    }

    private Optional<Sign> collapsed(ValidationOutputs validation) {
        double divergence = Divergence.meanPairwise(validation);
        double loss = java.util.Arrays.stream(validation.losses())
                .filter(Double::isFinite)
                .average()
                .orElse(Double.NaN);
        if (!(divergence < leastDivergence * loss)) {
            return Optional.empty();
        }
        return sign(
                Sign.Kind.COLLAPSED_STUDENTS,
                "The students have collapsed to one output: their mean pairwise divergence of %.3g is under %.3g of"
                        + " their mean validation loss of %.4g, so that a committee cannot be better than one of them;"
                        + " widen the cohort or, if it is above 0, lower rho",
                divergence,
                leastDivergence,
                loss);
    }

    /** On rows that both are judged on: where some lack a modality, a student that needs fewer sees more of them. */
    private Optional<Sign> worseThanBest(Cohort cohort, ValidationOutputs judged, Committee committee) {
        Committee best =
                CombinationRule.BEST_SINGLE.selection(SelectionOptions.DEFAULT).select(judged);
        BitSet seen = judged.visible()[best.members()[0]];
        double[] losses = judged.rowLosses(committee);
        double[] bestLosses = judged.rowLosses(best);
        if (seen.cardinality() < 2
                || !PairedDifference.of(losses, bestLosses, seen, judged.groups())
                        .exceeds(standardErrors)) {
            return Optional.empty();
        }
        return sign(
                Sign.Kind.COMMITTEE_WORSE_THAN_BEST_STUDENT,
                "The committee (%s, %d members) is worse than the best student alone: validation %s of %.4g against"
                        + " %.4g of student %s",
                committee.rule().label(),
                committee.members().length,
                cohort.task() instanceof Task.Classification ? "cross-entropy" : "squared error",
                Contradictions.mean(losses, seen),
                Contradictions.mean(bestLosses, seen),
                cohort.students().get(best.members()[0]).label());
    }

    private static Optional<Sign> sign(Sign.Kind kind, String text, Object... figures) {
        return Optional.of(new Sign(kind, String.format(Locale.ROOT, text, figures)));
    }
}
