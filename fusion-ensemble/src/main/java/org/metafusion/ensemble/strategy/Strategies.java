package org.metafusion.ensemble.strategy;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.metafusion.core.cohort.Cohort;
import org.metafusion.core.modality.MultimodalDataset;
import org.metafusion.core.modality.Samples;
import org.metafusion.core.modality.Targets;
import org.metafusion.core.modality.Task;
import org.metafusion.core.port.Trainer.Objective;
import org.metafusion.core.port.Trainer.PhaseOutcome;
import org.metafusion.core.port.Trainer.PhasePlan;
import org.metafusion.core.port.Trainer.StudentOutcome;
import org.metafusion.core.representation.Representation;
import org.metafusion.core.student.StudentSpec;
import org.metafusion.core.tensor.Members;
import org.metafusion.core.tensor.TensorBackend;
import org.metafusion.ensemble.fit.FittedCohort;
import org.metafusion.ensemble.model.Outputs;
import org.metafusion.training.network.CohortLayout;
import org.metafusion.training.network.CohortPredictor;
import org.metafusion.training.representation.Preparation;
import org.metafusion.training.representation.TargetScaling;

/**
 * The baselines a cohort contains or that are trained beside it (arXiv 2507.20089, 2506.20494): each modality alone and
 * early fusion are its raw students, late fusion the unimodal ones by each {@link LateRule}, intermediate fusion its best
 * student
 * whose representations are all extracted; cooperative learning is two raw students trained to add up.
 */
final class Strategies {

    private static final List<Double> COOPERATIVE_RHOS = List.of(0.0, 0.5, 1.0, 2.0);

    private final FittedCohort fitted;
    private final TensorBackend backend;
    private final Cohort cohort;

    Strategies(FittedCohort fitted, TensorBackend backend) {
        this.fitted = fitted;
        this.backend = backend;
        this.cohort = fitted.cohort();
    }

    /** The baselines of raw students with cooperative learning, which is trained for it. */
    List<Strategy> withCooperative() {
        List<Strategy> strategies = raw();
        int[] unimodal = unimodal();
        if (cohort.modalities().size() == 2 && unimodal.length == 2) {
            strategies.add(cooperative(unimodal));
        }
        return strategies;
    }

    /** The baselines of raw students: each modality alone, early fusion, late fusion by each rule. */
    List<Strategy> raw() {
        List<Strategy> strategies = new ArrayList<>();
        int modalities = cohort.modalities().size();
        int[] unimodal = unimodal();
        for (int student : unimodal) {
            int modality = cohort.students().get(student).modalities()[0];
            strategies.add(single(cohort.modalities().get(modality).name() + " alone", student));
        }
        if (modalities > 1) {
            rawOnly(s -> s.modalities().length == modalities).ifPresent(s -> strategies.add(single("early", s)));
            if (unimodal.length == modalities) {
                strategies.addAll(late(IntStream.of(unimodal).sorted().toArray()));
            }
        }
        return strategies;
    }

    /** The baselines chosen among all students by validation loss: intermediate fusion, and the best. */
    List<Strategy> chosen() {
        List<Strategy> strategies = new ArrayList<>();
        int modalities = cohort.modalities().size();
        if (modalities > 1) {
            best(s -> s.modalities().length == modalities
                            && s.representations().stream().noneMatch(r -> r instanceof Representation.Raw))
                    .ifPresent(s -> strategies.add(single("intermediate", s)));
        }
        best(s -> true).ifPresent(s -> strategies.add(single("best single", s)));
        return strategies;
    }

    /** The student of each modality alone, for those that have one. */
    private int[] unimodal() {
        return IntStream.range(0, cohort.modalities().size())
                .mapToObj(m -> rawOnly(s -> s.isUnimodal(m)))
                .flatMap(Optional::stream)
                .mapToInt(Integer::intValue)
                .toArray();
    }

    /** The validation rows that a student sees. */
    private Reach seen(int student) {
        Samples rows = fitted.split().validation().samples();
        long seen = IntStream.range(0, rows.rows())
                .mapToObj(rows::available)
                .filter(cohort.students().get(student)::canAnswer)
                .count();
        return new Reach((int) seen, rows.rows());
    }

    private double loss(int student) {
        return fitted.alone().students().get(student).validationLoss();
    }

    /** The best student of those whose present representations are raw, or of all where none is. */
    private Optional<Integer> rawOnly(Predicate<StudentSpec> wanted) {
        Optional<Integer> raw = best(wanted.and(s ->
                s.representations().stream().allMatch(r -> !r.isPresent() || r instanceof Representation.Raw)));
        return raw.isPresent() ? raw : best(wanted);
    }

    private Optional<Integer> best(Predicate<StudentSpec> wanted) {
        return IntStream.range(0, cohort.size())
                .filter(s -> wanted.test(cohort.students().get(s)) && Double.isFinite(loss(s)))
                .boxed()
                .min(Comparator.comparingDouble(this::loss));
    }

    private Strategy single(String name, int student) {
        String detail = cohort.students().get(student).label();
        return new Strategy(
                name, detail, fitted.alone(), new int[] {student}, loss(student), seen(student), Mixture.AVERAGE);
    }

    private List<Strategy> late(int[] unimodal) {
        double[] losses = IntStream.of(unimodal).mapToDouble(this::loss).toArray();
        return LateRule.of(cohort.task(), losses).stream()
                .map(rule -> new Strategy(
                        rule.name(),
                        rule.detail(),
                        fitted.alone(),
                        unimodal,
                        lateLoss(fitted.alone(), unimodal, rule.mixture()),
                        lateReach(unimodal),
                        rule.mixture()))
                .toList();
    }

    private Reach lateReach(int[] students) {
        return new Reach(
                answeredByAll(students).length, fitted.split().validation().rows());
    }

    /** The validation rows that have the modalities of all these students. */
    private int[] answeredByAll(int[] students) {
        Samples rows = fitted.split().validation().samples();
        return IntStream.range(0, rows.rows())
                .filter(row -> IntStream.of(students)
                        .allMatch(student -> cohort.students().get(student).canAnswer(rows.available(row))))
                .toArray();
    }

    /** The loss of their predictions put together, on the validation rows that all answer; NaN where there are none. */
    private double lateLoss(PhaseOutcome outcome, int[] students, Mixture mixture) {
        int[] rows = answeredByAll(students);
        if (rows.length == 0) {
            return Double.NaN;
        }
        Preparation preparation = fitted.prepared().preparation();
        List<double[]> outputs = new ArrayList<>();
        for (int student : students) {
            outputs.add(rowsOf(outputs(outcome, student), rows));
        }
        Targets targets = fitted.split().validation().targets().select(rows);
        double[] mixed = mixture.mix(outputs, cohort.task(), preparation.targets());
        if (cohort.task() instanceof Task.Classification) {
            return Objects.requireNonNull(Outputs.metrics(mixed, targets).get("logLoss"));
        }
        return scaledError(mixed, ((Targets.Values) targets).values(), preparation.targets());
    }

    private double[] rowsOf(float[] outputs, int[] rows) {
        int width = cohort.task().outputs();
        double[] chosen = new double[rows.length * width];
        for (int i = 0; i < chosen.length; i++) {
            chosen[i] = outputs[rows[i / width] * width + i % width];
        }
        return chosen;
    }

    private static float[] outputs(PhaseOutcome outcome, int student) {
        return outcome.students().stream()
                .filter(s -> s.student() == student)
                .findFirst()
                .orElseThrow()
                .validationOutputs();
    }

    /** The mean squared error with each target in units of its deviation, as students are judged. */
    static double scaledError(double[] predicted, float[] values, TargetScaling scaling) {
        int outputs = scaling.deviation().length;
        double sum = 0;
        for (int i = 0; i < predicted.length; i++) {
            double error = (predicted[i] - values[i]) / scaling.deviation()[i % outputs];
            sum += error * error;
        }
        return sum / predicted.length;
    }

    /** Two students trained to add up; rho by validation loss. */
    private Strategy cooperative(int[] unimodal) {
        int[] pair = IntStream.of(unimodal).sorted().toArray();
        PhaseOutcome best = null;
        double chosen = 0;
        for (double rho : COOPERATIVE_RHOS) {
            PhaseOutcome outcome = fitted.prepared()
                    .run(new PhasePlan(
                            "cooperative, rho " + rho, pair, new Objective.Cooperative((float) rho), List.of()));
            if (best == null || loss(outcome) < loss(best)) {
                best = outcome;
                chosen = rho;
            }
        }
        PhaseOutcome outcome = Objects.requireNonNull(best);
        double loss = lateLoss(outcome, pair, Mixture.SUM);
        return new Strategy(
                "cooperative", "two raw students, rho " + chosen, outcome, pair, loss, lateReach(pair), Mixture.SUM);
    }

    /** The objective's value, which says which rho is better but is no squared error. */
    private static double loss(PhaseOutcome outcome) {
        return outcome.students().stream()
                .mapToDouble(StudentOutcome::validationLoss)
                .max()
                .orElseThrow();
    }

    /** Measures a baseline on the test rows that have the modalities it needs; without metrics where none has. */
    StrategyOutcome measure(Strategy strategy, MultimodalDataset test) {
        int[] rows = IntStream.range(0, test.rows())
                .filter(row -> hasInputs(strategy, test.samples().available(row)))
                .toArray();
        Map<String, Double> metrics = rows.length == 0 ? Map.of() : metrics(strategy, test.select(rows));
        return new StrategyOutcome(
                strategy.name(),
                strategy.detail(),
                strategy.validationLoss(),
                strategy.judgedOn(),
                metrics,
                new Reach(rows.length, test.rows()),
                Optional.empty());
    }

    private boolean hasInputs(Strategy strategy, BitSet available) {
        return IntStream.of(strategy.students())
                .flatMap(s -> IntStream.of(cohort.students().get(s).modalities()))
                .allMatch(available::get);
    }

    private Map<String, Double> metrics(Strategy strategy, MultimodalDataset rows) {
        CohortLayout layout = fitted.prepared().layout();
        Preparation preparation = fitted.prepared().preparation();
        float[] flat = new float[layout.size()];
        for (StudentOutcome student : strategy.outcome().students()) {
            float[] parameters = student.parameters();
            System.arraycopy(parameters, 0, flat, layout.offset(student.student()), parameters.length);
        }
        try (CohortPredictor predictor = new CohortPredictor(backend, layout, preparation, flat)) {
            List<double[]> outputs = new ArrayList<>();
            for (float[] output : predictor.predict(rows.samples(), Members.of(strategy.students()))) {
                outputs.add(widened(output));
            }
            return Outputs.metrics(
                    strategy.mixture().mix(outputs, cohort.task(), preparation.targets()), rows.targets());
        }
    }

    private static double[] widened(float[] values) {
        double[] wide = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            wide[i] = values[i];
        }
        return wide;
    }
}
