package org.metafusion.ensemble;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.metafusion.core.modality.Task;
import org.metafusion.core.port.Trainer.PhaseOutcome;
import org.metafusion.ensemble.committee.Committee;
import org.metafusion.ensemble.committee.CommitteeGrowth;
import org.metafusion.ensemble.committee.ValidationOutputs;
import org.metafusion.ensemble.fit.FittedCohort;
import org.metafusion.ensemble.model.AnsweredRows;
import org.metafusion.ensemble.model.Outputs;
import org.metafusion.ensemble.signs.PairwiseDivergence;

/**
 * What happened during a fit, as charts need it.
 *
 * @param phases loss curves of phase 1, and of phase 2 under the chosen rho if that is above 0
 * @param divergence between the committee's members and the next best students, best first, {@value #COMPARED} at most
 * @param growth of the committee for all modalities
 * @param validation what that committee says of the validation rows that have all modalities; it was selected on them, so
 *     they flatter it; empty if there is no such row
 */
public record FitHistory(
        List<Phase> phases, PairwiseDivergence divergence, CommitteeGrowth growth, Optional<AnsweredRows> validation) {

    /** The most students that are compared with each other. */
    public static final int COMPARED = 20;

    public FitHistory {
        phases = List.copyOf(phases);
    }

    /**
     * A phase of training.
     *
     * @param rho weight of the divergence; 0 where every student learns alone
     * @param curves one a student
     */
    public record Phase(double rho, List<LossCurve> curves) {
        public Phase {
            curves = List.copyOf(curves);
        }
    }

    /**
     * A student's validation task loss by epoch.
     *
     * @param student its number in the cohort
     * @param bestEpoch from 1, the one whose weights are kept
     * @param lossByEpoch until it stopped
     */
    public record LossCurve(int student, int bestEpoch, double[] lossByEpoch) {}

    /**
     * Of a fitted cohort.
     *
     * @param validation what its students say about the validation rows after the last phase
     * @param judged what they say about those of them that the committee was selected on
     */
    static FitHistory of(
            FittedCohort fitted, ValidationOutputs validation, ValidationOutputs judged, Committee committee) {
        List<Phase> phases = new ArrayList<>(List.of(phase(0, fitted.alone())));
        if (fitted.rho() > 0) {
            phases.add(phase(fitted.rho(), fitted.mutual()));
        }
        BitSet all = new BitSet();
        all.set(0, fitted.cohort().modalities().size());
        ValidationOutputs complete = fitted.partial(fitted.mutual()).when(all);
        return new FitHistory(
                phases,
                PairwiseDivergence.between(validation, compared(validation, committee)),
                CommitteeGrowth.of(judged, committee),
                answered(fitted, complete, committee, all));
    }

    private static Phase phase(double rho, PhaseOutcome outcome) {
        return new Phase(
                rho,
                outcome.students().stream()
                        .map(s -> new LossCurve(s.student(), s.bestEpoch(), s.lossByEpoch()))
                        .toList());
    }

    private static int[] compared(ValidationOutputs validation, Committee committee) {
        BitSet members = new BitSet();
        IntStream.of(committee.members()).forEach(members::set);
        return IntStream.range(0, validation.students())
                .filter(s -> Double.isFinite(validation.losses()[s]))
                .boxed()
                .sorted(Comparator.<Integer>comparingInt(s -> members.get(s) ? 0 : 1)
                        .thenComparingDouble(s -> validation.losses()[s]))
                .limit(COMPARED)
                .sorted(Comparator.comparingDouble(s -> validation.losses()[s]))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    private static Optional<AnsweredRows> answered(
            FittedCohort fitted, ValidationOutputs validation, Committee committee, BitSet all) {
        var rows = fitted.split().validation();
        int[] whole = IntStream.range(0, rows.rows())
                .filter(row -> rows.samples().available(row).equals(all))
                .toArray();
        if (whole.length == 0) {
            return Optional.empty();
        }
        ValidationOutputs selected = validation.select(whole);
        List<float[]> said = Arrays.stream(committee.members())
                .mapToObj(member -> selected.outputs()[member])
                .toList();
        Task task = fitted.cohort().task();
        double[] readable = Outputs.readable(
                committee.combine(said, task),
                task,
                fitted.prepared().preparation().targets());
        return Optional.of(new AnsweredRows(rows.targets().select(whole), readable));
    }
}
