package org.metafusion.ensemble.study.timing;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.metafusion.core.port.Trainer.PhaseOutcome;
import org.metafusion.core.representation.Representation;
import org.metafusion.core.student.StudentSpec;
import org.metafusion.ensemble.committee.CombinationRule;
import org.metafusion.ensemble.committee.Committee;
import org.metafusion.ensemble.fit.FitOptions;
import org.metafusion.ensemble.fit.FittedCohort;
import org.metafusion.ensemble.model.CommitteeBook;
import org.metafusion.ensemble.model.ModelContent;

/**
 * A way to fuse, as a model of its own made of a fitted cohort.
 *
 * @param name such as {@code early}
 * @param content a model for rows that have every modality
 */
record FusionStage(String name, ModelContent content) {

    static final String EARLY = "early";
    static final String LATE = "late";
    static final String INTERMEDIATE = "intermediate";
    static final String COMMITTEE = "committee";

    /**
     * Those a cohort contains: early fusion is its raw student of all modalities, late fusion the average of the raw
     * students of each modality, intermediate fusion its best student of all modalities without raw features, the
     * committee what is selected after mutual learning.
     */
    static List<FusionStage> of(FittedCohort fitted, FitOptions options) {
        List<FusionStage> stages = new ArrayList<>();
        int modalities = fitted.cohort().modalities().size();
        best(fitted, s -> s.modalities().length == modalities && isRaw(s))
                .ifPresent(student -> stages.add(plain(EARLY, fitted, student)));
        int[] alone = IntStream.range(0, modalities)
                .mapToObj(m -> best(fitted, s -> s.isUnimodal(m) && isRaw(s)))
                .flatMap(Optional::stream)
                .mapToInt(Integer::intValue)
                .toArray();
        if (alone.length == modalities) {
            stages.add(plain(LATE, fitted, alone));
        }
        best(
                        fitted,
                        s -> s.modalities().length == modalities
                                && s.representations().stream().noneMatch(r -> r instanceof Representation.Raw))
                .ifPresent(student -> stages.add(plain(INTERMEDIATE, fitted, student)));
        CommitteeBook book = CommitteeBook.select(
                options.rule().selection(options.selection()),
                fitted.partial(fitted.mutual()),
                fitted.split().validation().samples(),
                fitted.cohort().students(),
                java.util.Set.of(all(modalities)));
        stages.add(new FusionStage(COMMITTEE, ModelContent.of(fitted, fitted.mutual(), book, Map.of())));
        return stages;
    }

    private static boolean isRaw(StudentSpec spec) {
        return spec.representations().stream().allMatch(r -> !r.isPresent() || r instanceof Representation.Raw);
    }

    private static Optional<Integer> best(FittedCohort fitted, Predicate<StudentSpec> wanted) {
        double[] losses = FittedCohort.losses(fitted.alone());
        return IntStream.range(0, fitted.cohort().size())
                .filter(s -> wanted.test(fitted.cohort().students().get(s)) && Double.isFinite(losses[s]))
                .boxed()
                .min(Comparator.comparingDouble(s -> losses[s]));
    }

    /** The plain average of some students of phase 1. */
    private static FusionStage plain(String name, FittedCohort fitted, int... students) {
        double[] weights = new double[students.length];
        java.util.Arrays.fill(weights, 1.0 / students.length);
        Committee committee = new Committee(
                CombinationRule.SIMPLE_AVERAGE, students, weights, Double.NaN, new double[0], name + " fusion");
        PhaseOutcome alone = fitted.alone();
        CommitteeBook book =
                new CommitteeBook(Map.of(all(fitted.cohort().modalities().size()), committee));
        return new FusionStage(name, ModelContent.of(fitted, alone, book, Map.of()));
    }

    private static BitSet all(int modalities) {
        BitSet all = new BitSet();
        all.set(0, modalities);
        return all;
    }
}
