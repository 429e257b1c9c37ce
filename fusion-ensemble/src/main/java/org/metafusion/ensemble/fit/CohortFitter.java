package org.metafusion.ensemble.fit;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.metafusion.core.FusionException;
import org.metafusion.core.cohort.Cohort;
import org.metafusion.core.cohort.CohortPlan;
import org.metafusion.core.fusion.Concatenation;
import org.metafusion.core.fusion.FusionOperators;
import org.metafusion.core.modality.Modality;
import org.metafusion.core.modality.MultimodalDataset;
import org.metafusion.core.modality.Targets;
import org.metafusion.core.modality.Task;
import org.metafusion.core.port.Trainer.PhaseOutcome;
import org.metafusion.core.port.Trainer.PhasePlan;
import org.metafusion.core.port.Trainer.StudentOutcome;
import org.metafusion.core.port.TrainingListener;
import org.metafusion.core.port.TrainingRows;
import org.metafusion.core.representation.Representation;
import org.metafusion.core.student.StudentSpec;
import org.metafusion.core.tensor.TensorBackend;
import org.metafusion.ensemble.committee.ValidationOutputs;
import org.metafusion.ensemble.screening.Screening;
import org.metafusion.ensemble.screening.TopPerformers;
import org.metafusion.training.phase.CohortTrainer;
import org.metafusion.training.phase.PreparedCohort;
import org.metafusion.training.representation.Preparation;

/** Fits cohorts: carves out validation rows, plans the students, trains them alone, screens, trains them mutually. */
public final class CohortFitter {

    private final TensorBackend backend;
    private final FitOptions options;
    private final TrainingListener listener;
    private final Extractors extractors;

    /** With the standard extractors. */
    public CohortFitter(TensorBackend backend, FitOptions options, TrainingListener listener) {
        this(backend, options, listener, Extractors.of(options.cohort()));
    }

    public CohortFitter(TensorBackend backend, FitOptions options, TrainingListener listener, Extractors extractors) {
        this.extractors = extractors;
        this.backend = backend;
        this.options = options;
        this.listener = listener;
    }

    /** Fits on the training rows; validation rows are carved out of them. */
    public FittedCohort fit(MultimodalDataset rows) {
        requireEveryClass(rows);
        TrainingRows split = options.validation().split(rows, options.training().seed());
        if (split.isCrossFitted()) {
            listener.message(rows.rows() + " training rows, fewer than "
                    + options.validation().crossFittedBelow() + ": cross-fitted, every student in " + split.folds()
                    + " copies, each judged by the rows it does not learn from");
        }
        Cohort cohort = plan(split, rows.rows());
        Modulatable.remark(cohort, options.modulation()).ifPresent(listener::message);
        Preparation.remark(cohort, split.train()).ifPresent(listener::message);
        PreparedCohort prepared = trainer().begin(cohort, split, listener);
        try {
            return train(cohort, split, prepared);
        } catch (RuntimeException e) {
            prepared.close();
            throw e;
        }
    }

    private FittedCohort train(Cohort cohort, TrainingRows split, PreparedCohort prepared) {
        PhaseOutcome alone = prepared.run(PhasePlan.alone(students(cohort)));
        TopPerformers top = new Screening(options.mutual().clusters()).screen(FittedCohort.losses(alone));
        listener.message(top.reason());
        MutualLearning.Result mutual = new MutualLearning(
                        prepared, options.mutual(), alone, top, outcome -> committeeLoss(cohort, prepared, outcome))
                .run();
        return new FittedCohort(cohort, split, prepared, alone, top, mutual.trials(), mutual.rho(), mutual.outcome());
    }

    /**
     * The raw students that baselines need (each modality alone, and all together), trained alone on the rows of a
     * fitted cohort; empty if that cohort has them.
     */
    public Optional<FittedCohort> rawStudents(FittedCohort fitted) {
        List<Modality> modalities = fitted.cohort().modalities();
        List<Representation> raw = List.of(new Representation.Raw());
        CohortPlan plan = new CohortPlan(
                java.util.Collections.nCopies(modalities.size(), raw),
                List.of(Concatenation.NAME),
                options.cohort().heads().subList(0, 1),
                1 + modalities.size(),
                student -> student.modalities().length == 1 || student.modalities().length == modalities.size());
        Cohort cohort = plan.build(modalities, fitted.cohort().task());
        if (fitted.cohort().students().containsAll(cohort.students())) {
            return Optional.empty();
        }
        PreparedCohort prepared = trainer().begin(cohort, fitted.split(), listener);
        try {
            PhaseOutcome alone = prepared.run(PhasePlan.alone(students(cohort)));
            TopPerformers top = new Screening(options.mutual().clusters()).screen(FittedCohort.losses(alone));
            return Optional.of(new FittedCohort(cohort, fitted.split(), prepared, alone, top, List.of(), 0, alone));
        } catch (RuntimeException e) {
            prepared.close();
            throw e;
        }
    }

    private CohortTrainer trainer() {
        return new CohortTrainer(
                backend, FusionOperators.standard(), extractors.byName(), options.training(), options.modulation());
    }

    private static int[] students(Cohort cohort) {
        return java.util.stream.IntStream.range(0, cohort.size()).toArray();
    }

    /** Another phase 2 on a fitted cohort, under other options. */
    public MutualLearning.Result mutual(FittedCohort fitted, MutualOptions mutual) {
        return new MutualLearning(
                        fitted.prepared(),
                        mutual,
                        fitted.alone(),
                        fitted.top(),
                        outcome -> committeeLoss(fitted.cohort(), fitted.prepared(), outcome))
                .run();
    }

    private double committeeLoss(Cohort cohort, PreparedCohort prepared, PhaseOutcome outcome) {
        ValidationOutputs said = validation(cohort, prepared.rows().validation(), prepared.preparation(), outcome);
        return options.rule().selection(options.selection()).select(said).validationLoss();
    }

    private static void requireEveryClass(MultimodalDataset rows) {
        if (!(rows.targets() instanceof Targets.Labels labels)) {
            return;
        }
        int[] counts = new int[labels.task().outputs()];
        for (int label : labels.labels()) {
            counts[label]++;
        }
        for (int c = 0; c < counts.length; c++) {
            if (counts[c] == 0) {
                throw new FusionException("Class '" + labels.task().classes().get(c) + "' of data set '" + rows.name()
                        + "' has no training row; give it one or remove it from the test rows");
            }
        }
    }

    /**
     * The cohort the options ask for.
     *
     * @param split what is learned from
     * @param allRows with those held out of it: by these it is decided what few rows are
     */
    public Cohort plan(TrainingRows split, int allRows) {
        MultimodalDataset train = split.train();
        List<Modality> modalities = train.modalities();
        options.cohort().representations().keySet().forEach(name -> requireKnown(name, modalities));
        options.cohort().encoders().keySet().forEach(this::requireRead);
        List<List<Representation>> representations = new ArrayList<>();
        for (Modality modality : modalities) {
            List<String> labels = options.cohort().representations().get(modality.name());
            representations.add(
                    labels == null
                            ? DefaultRepresentations.of(
                                    modality,
                                    train.rows(),
                                    modalities.size(),
                                    options.validation().isSmall(allRows))
                            : RepresentationLabels.parse(labels, extractors.byName()));
        }
        List<String> operators = options.cohort().sizedOperators();
        FusablePairings fusable = new FusablePairings(split, extractors, FusionOperators.standard(), operators);
        CohortPlan plan = new CohortPlan(
                representations,
                operators,
                options.cohort().heads(),
                options.cohort().maxStudents(),
                options.cohort().suitedHeads()
                        ? fusable.and(new HeadChoice(
                                extractors.byName(), options.cohort().heads()))
                        : fusable);
        Cohort cohort = plan.build(modalities, train.task());
        fusable.refusals(cohort).forEach(why -> listener.message("Some pairings are left out: " + why));
        if (plan.allowedSize() > options.cohort().maxStudents()) {
            listener.message(String.format(
                    java.util.Locale.ROOT,
                    "%.0f students are possible; the cap leaves %d students",
                    plan.allowedSize(),
                    cohort.size()));
        }
        return cohort;
    }

    private void requireRead(String encoder) {
        if (options.cohort().representations().values().stream().noneMatch(labels -> labels.contains(encoder))) {
            throw new FusionException("Encoder '" + encoder + "' of cohort.encoders is read by no modality; add '"
                    + encoder + "' to cohort.representations of the modality it is for, or leave it out");
        }
    }

    private static void requireKnown(String name, List<Modality> modalities) {
        if (modalities.stream().noneMatch(m -> m.name().equals(name))) {
            throw new FusionException("Representations are given for modality '" + name + "' but the data has "
                    + modalities.stream().map(Modality::name).toList());
        }
    }

    /** What the students say about the validation rows, in the scale they were trained on. */
    static ValidationOutputs validation(
            Cohort cohort, MultimodalDataset validation, Preparation preparation, PhaseOutcome outcome) {
        Targets targets = validation.targets();
        if (targets.task() instanceof Task.Regression task) {
            targets = new Targets.Values(task, preparation.targets().scale(targets));
        }
        List<StudentOutcome> students = outcome.students();
        BitSet[] visible = new BitSet[students.size()];
        float[][] outputs = new float[students.size()][];
        double[] losses = new double[students.size()];
        for (int i = 0; i < students.size(); i++) {
            StudentOutcome student = students.get(i);
            outputs[i] = student.validationOutputs();
            losses[i] = student.validationLoss();
            visible[i] = visibleTo(validation, cohort.students().get(student.student()), new BitSet());
        }
        return new ValidationOutputs(outputs, targets, visible, losses, validation.groups());
    }

    /** What they say as if only some modalities were there. */
    static ValidationOutputs partial(
            FittedCohort fitted, PhaseOutcome outcome, ValidationOutputs natural, BitSet available) {
        float[][] partial = fitted.prepared().partialOutputs(outcome, available);
        float[][] outputs = natural.outputs().clone();
        BitSet[] visible = natural.visible().clone();
        BitSet withheld = new BitSet();
        withheld.set(0, fitted.cohort().modalities().size());
        withheld.andNot(available);
        for (int i = 0; i < outputs.length; i++) {
            StudentSpec spec =
                    fitted.cohort().students().get(outcome.students().get(i).student());
            if (spec.isTolerant()) {
                outputs[i] = partial[outcome.students().get(i).student()];
            }
            visible[i] = visibleTo(fitted.split().validation(), spec, withheld);
        }
        return ValidationOutputs.of(outputs, natural.targets(), visible).withGroups(natural.groups());
    }

    private static BitSet visibleTo(MultimodalDataset rows, StudentSpec student, BitSet withheld) {
        BitSet visible = new BitSet();
        for (int row = 0; row < rows.rows(); row++) {
            BitSet available = rows.samples().available(row);
            available.andNot(withheld);
            visible.set(row, student.canAnswer(available));
        }
        return visible;
    }
}
