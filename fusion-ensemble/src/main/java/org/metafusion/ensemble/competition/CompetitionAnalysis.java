package org.metafusion.ensemble.competition;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.metafusion.core.FusionException;
import org.metafusion.core.cohort.Cohort;
import org.metafusion.core.fusion.Concatenation;
import org.metafusion.core.fusion.FusionOperators;
import org.metafusion.core.modality.Modality;
import org.metafusion.core.modality.MultimodalDataset;
import org.metafusion.core.modality.Task;
import org.metafusion.core.port.Trainer.PhasePlan;
import org.metafusion.core.port.Trainer.StudentOutcome;
import org.metafusion.core.port.TrainingListener;
import org.metafusion.core.port.TrainingRows;
import org.metafusion.core.representation.Representation;
import org.metafusion.core.student.StudentSpec;
import org.metafusion.core.tensor.TensorBackend;
import org.metafusion.ensemble.competition.CompetitionReport.Course;
import org.metafusion.ensemble.fit.FitOptions;
import org.metafusion.ensemble.metric.PairedDifference;
import org.metafusion.training.balance.Coalitions;
import org.metafusion.training.balance.CompetitionTrace.StudentTrace;
import org.metafusion.training.balance.Modulation;
import org.metafusion.training.balance.ModulationOptions;
import org.metafusion.training.balance.RowTargets;
import org.metafusion.training.phase.CohortTrainer;
import org.metafusion.training.phase.PreparedCohort;
import org.metafusion.training.phase.PreparedCohort.WatchedPhase;

/**
 * Trains two students that join all modalities by concatenation, of raw features and of trained encoders, and the same
 * representations each alone; watches them; then the two again under each modulation.
 *
 * @param encoder of the second student
 */
public record CompetitionAnalysis(
        TensorBackend backend, FitOptions options, TrainingListener listener, Representation.Encoded encoder) {

    /** With encoders to 32 and one hidden layer of 64. */
    public CompetitionAnalysis(TensorBackend backend, FitOptions options, TrainingListener listener) {
        this(backend, options, listener, new Representation.Encoded(List.of(64), 32));
    }

    /** The modulation the options ask for, or OGM-GE where they ask for none; nothing for regression. */
    public CompetitionReport of(MultimodalDataset rows) {
        Modulation asked = options.modulation().kind();
        boolean classification = rows.task() instanceof Task.Classification;
        return of(rows, classification ? List.of(asked.scalesGradients() ? asked : Modulation.OGM_GE) : List.of());
    }

    /**
     * Under no modulation and each of the given ones; validation rows are carved out of {@code rows}.
     *
     * @throws FusionException if there is one modality, or more than can be watched
     */
    public CompetitionReport of(MultimodalDataset rows, List<Modulation> modulations) {
        List<Modality> modalities = rows.modalities();
        if (modalities.size() < 2) {
            throw new FusionException("Modality competition needs two modalities or more but the data has "
                    + modalities.stream().map(Modality::name).toList());
        }
        Coalitions.requireFew(modalities.size());
        Cohort cohort = new Cohort(modalities, rows.task(), students(modalities.size()));
        TrainingRows split =
                options.validation().holdout().split(rows, options.training().seed());
        WatchedPhase plain = train(cohort, split, ModulationOptions.NONE, cohort.size());
        Map<Modulation, WatchedPhase> phases = new TreeMap<>(Map.of(Modulation.NONE, plain));
        for (Modulation kind : modulations) {
            phases.put(kind, train(cohort, split, options.modulation().withKind(kind), 2));
        }
        Compared compared = new Compared(cohort, split.validation().groups());
        List<Course> courses = new ArrayList<>();
        for (int fused = 0; fused < 2; fused++) {
            List<float[]> alone = alone(plain, 2 + fused * modalities.size(), modalities.size());
            for (Map.Entry<Modulation, WatchedPhase> phase : phases.entrySet()) {
                courses.add(compared.course(fused, phase.getKey(), phase.getValue(), alone));
            }
        }
        return new CompetitionReport(
                modalities.stream().map(Modality::name).toList(), rows.task() instanceof Task.Classification, courses);
    }

    /** All raw, all encoded, each raw alone, each encoded alone. */
    private List<StudentSpec> students(int modalities) {
        List<StudentSpec> students = new ArrayList<>();
        List<Representation> kinds = List.of(new Representation.Raw(), encoder);
        kinds.forEach(kind -> students.add(student(Collections.nCopies(modalities, kind))));
        for (Representation kind : kinds) {
            for (int m = 0; m < modalities; m++) {
                int only = m;
                students.add(student(IntStream.range(0, modalities)
                        .mapToObj(i -> i == only ? kind : new Representation.Null())
                        .toList()));
            }
        }
        return students;
    }

    private StudentSpec student(List<Representation> representations) {
        return new StudentSpec(
                representations, Concatenation.NAME, options.cohort().heads().get(0));
    }

    /** Trains the first {@code count} students. */
    private WatchedPhase train(Cohort cohort, TrainingRows rows, ModulationOptions modulation, int count) {
        CohortTrainer trainer =
                new CohortTrainer(backend, FusionOperators.standard(), Map.of(), options.training(), modulation);
        try (PreparedCohort prepared = trainer.begin(cohort, rows, listener)) {
            PhasePlan plan = PhasePlan.alone(IntStream.range(0, count).toArray());
            return prepared.watch(new PhasePlan(
                    "competition, modulation " + modulation.kind().label(),
                    plan.students(),
                    plan.objective(),
                    plan.startFrom()));
        }
    }

    /** What the students of one modality each say of the validation rows. */
    private static List<float[]> alone(WatchedPhase phase, int from, int modalities) {
        return IntStream.range(from, from + modalities)
                .mapToObj(student -> trace(phase, student).kept().joint())
                .toList();
    }

    /**
     * Compares fused students with those of a modality alone.
     *
     * @param groups of the validation rows; empty where they are independent
     */
    private record Compared(Cohort cohort, List<String> groups) {

        /** All on the rows that the fused student sees: those of a modality alone are more, and others. */
        Course course(int student, Modulation kind, WatchedPhase phase, List<float[]> alone) {
            RowTargets targets = phase.trace().targets();
            BitSet rows = targets.seenBy(student);
            StudentTrace trace = trace(phase, student);
            float[][] within = trace.kept().unimodal();
            return new Course(
                    cohort.students().get(student).label(),
                    kind,
                    rows.cardinality(),
                    alone.stream()
                            .mapToDouble(outputs -> targets.score(outputs, rows))
                            .toArray(),
                    IntStream.range(0, within.length)
                            .mapToDouble(m -> error(targets, alone.get(m), within[m], rows))
                            .toArray(),
                    outcome(phase, student).bestEpoch(),
                    trace.epochs());
        }

        /** Of the difference of the scores of two outputs; a single row has no bound. */
        private double error(RowTargets targets, float[] alone, float[] within, BitSet rows) {
            return rows.cardinality() < 2
                    ? Double.POSITIVE_INFINITY
                    : PairedDifference.of(targets.worths(alone, rows), targets.worths(within, rows), rows, groups)
                            .standardError();
        }
    }

    private static StudentTrace trace(WatchedPhase phase, int student) {
        return phase.trace()
                .student(student)
                .orElseThrow(() -> new IllegalStateException("Student " + student + " was not watched"));
    }

    private static StudentOutcome outcome(WatchedPhase phase, int student) {
        return phase.outcome().students().get(student);
    }
}
