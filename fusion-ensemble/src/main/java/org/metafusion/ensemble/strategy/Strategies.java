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

/**
 * The baselines a cohort contains or that are trained beside it (arXiv 2507.20089, 2506.20494): each modality alone and
 * early fusion are its raw students, late fusion the mean of the unimodal ones, intermediate fusion its best student
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

    /** The baselines that need no committee, from phase 1. */
    List<Strategy> baselines() {
        List<Strategy> strategies = new ArrayList<>();
        int modalities = cohort.modalities().size();
        List<Integer> unimodal = new ArrayList<>();
        for (int m = 0; m < modalities; m++) {
            int modality = m;
            unimodal(m).ifPresent(s -> {
                unimodal.add(s);
                strategies.add(single(cohort.modalities().get(modality).name() + " alone", s));
            });
        }
        if (modalities > 1) {
            rawOnly(s -> s.modalities().length == modalities).ifPresent(s -> strategies.add(single("early", s)));
            best(s -> s.modalities().length == modalities
                            && s.representations().stream().noneMatch(r -> r instanceof Representation.Raw))
                    .ifPresent(s -> strategies.add(single("intermediate", s)));
            if (unimodal.size() == modalities) {
                strategies.add(late(unimodal));
            }
            if (modalities == 2 && unimodal.size() == 2) {
                strategies.add(cooperative(unimodal));
            }
        }
        best(s -> true).ifPresent(s -> strategies.add(single("best single", s)));
        return strategies;
    }

    private double loss(int student) {
        return fitted.alone().students().get(student).validationLoss();
    }

    private Optional<Integer> unimodal(int modality) {
        return rawOnly(s -> s.isUnimodal(modality));
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
        return new Strategy(name, detail, fitted.alone(), new int[] {student}, loss(student), Mixture.AVERAGE);
    }

    private Strategy late(List<Integer> unimodal) {
        return new Strategy(
                "late",
                "mean of the modalities alone",
                fitted.alone(),
                unimodal.stream().mapToInt(Integer::intValue).sorted().toArray(),
                Double.NaN,
                Mixture.AVERAGE);
    }

    /** Two students trained to add up; rho by validation loss. */
    private Strategy cooperative(List<Integer> unimodal) {
        int[] pair = unimodal.stream().mapToInt(Integer::intValue).sorted().toArray();
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
        return new Strategy(
                "cooperative", "two raw students, rho " + chosen, outcome, pair, loss(outcome), Mixture.SUM);
    }

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
        String detail = strategy.detail();
        if (rows.length < test.rows()) {
            detail += ", on " + rows.length + " of " + test.rows() + " rows";
        }
        Map<String, Double> metrics = rows.length == 0 ? Map.of() : metrics(strategy, test.select(rows));
        return new StrategyOutcome(strategy.name(), detail, strategy.validationLoss(), metrics);
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
