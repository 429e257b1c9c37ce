package org.metafusion.ensemble.strategy;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.metafusion.core.modality.MultimodalDataset;
import org.metafusion.core.modality.SplitDataset;
import org.metafusion.core.port.Trainer.PhaseOutcome;
import org.metafusion.core.port.TrainingListener;
import org.metafusion.core.tensor.TensorBackend;
import org.metafusion.ensemble.committee.CombinationRule;
import org.metafusion.ensemble.committee.Committee;
import org.metafusion.ensemble.fit.CohortFitter;
import org.metafusion.ensemble.fit.Extractors;
import org.metafusion.ensemble.fit.FitOptions;
import org.metafusion.ensemble.fit.FittedCohort;
import org.metafusion.ensemble.model.AnsweredRows;
import org.metafusion.ensemble.model.CommitteeBook;
import org.metafusion.ensemble.model.FusionModel;
import org.metafusion.ensemble.model.ModelContent;
import org.metafusion.ensemble.screening.DivergenceScheme;

/**
 * Every strategy on the same rows with the same seed, each on those of them that have the modalities it needs: the baselines
 * of {@link Strategies}, and committees of the independent cohort, of mutual learning among all pairs, and of adaptive mutual
 * learning, the last also under other combination rules.
 */
public final class Comparison {

    /** The name of the outcome of the whole method. */
    public static final String COMMITTEE = "committee";

    /** The name of the outcome of a committee whose students did not learn from each other. */
    public static final String INDEPENDENT = "independent cohort";

    /** The name of the outcome of a committee whose students all learned from each other. */
    public static final String ALL_PAIRS = "all-pairs mutual";

    private static final List<CombinationRule> OTHER_RULES = List.of(
            CombinationRule.SIMPLE_AVERAGE,
            CombinationRule.WEIGHTED_AVERAGE,
            CombinationRule.GREEDY,
            CombinationRule.GREEDY_WITH_REPLACEMENT,
            CombinationRule.BAGGED_GREEDY,
            CombinationRule.STACKING,
            CombinationRule.CHOSEN,
            CombinationRule.MAJORITY_VOTE);

    private final TensorBackend backend;
    private final FitOptions options;
    private final TrainingListener listener;
    private final Extractors extractors;

    /** With the standard extractors. */
    public Comparison(TensorBackend backend, FitOptions options, TrainingListener listener) {
        this(backend, options, listener, Extractors.of(options.cohort()));
    }

    public Comparison(TensorBackend backend, FitOptions options, TrainingListener listener, Extractors extractors) {
        this.extractors = extractors;
        this.backend = backend;
        this.options = options;
        this.listener = listener;
    }

    /** Fits on {@code data.train()} and measures on {@code data.test()}; the last outcome is the committee's. */
    public List<StrategyOutcome> run(SplitDataset data) {
        CohortFitter fitter = new CohortFitter(backend, options, listener, extractors);
        try (FittedCohort fitted = fitter.fit(data.train())) {
            List<StrategyOutcome> outcomes = withoutTeaching(fitter, fitted, data.test());
            PhaseOutcome allPairs = fitter.mutual(fitted, options.mutual().withScheme(DivergenceScheme.ALL_PAIRS))
                    .outcome();
            outcomes.add(committee(ALL_PAIRS, fitted, allPairs, options.rule(), data.test()));
            for (CombinationRule rule : OTHER_RULES) {
                outcomes.add(committee("adaptive, " + rule.label(), fitted, fitted.mutual(), rule, data.test()));
            }
            outcomes.add(committee(COMMITTEE, fitted, fitted.mutual(), options.rule(), data.test()));
            return outcomes;
        }
    }

    /** Fits on the train rows and measures the committee alone on the test rows: what cross-validation needs. */
    public List<StrategyOutcome> committeeAlone(SplitDataset data) {
        try (FittedCohort fitted = new CohortFitter(backend, options, listener, extractors).fit(data.train())) {
            return List.of(committee(COMMITTEE, fitted, fitted.mutual(), options.rule(), data.test()));
        }
    }

    /** The baselines, the independent cohort's committee and, last, the committee of a fitted cohort on test rows. */
    public List<StrategyOutcome> brief(FittedCohort fitted, MultimodalDataset test) {
        CohortFitter fitter = new CohortFitter(backend, options, listener, extractors);
        List<StrategyOutcome> outcomes = withoutTeaching(fitter, fitted, test);
        outcomes.add(committee(COMMITTEE, fitted, fitted.mutual(), options.rule(), test));
        return outcomes;
    }

    private List<StrategyOutcome> withoutTeaching(CohortFitter fitter, FittedCohort fitted, MultimodalDataset test) {
        List<StrategyOutcome> outcomes = new ArrayList<>();
        Strategies strategies = new Strategies(fitted, backend);
        Optional<FittedCohort> beside = fitter.rawStudents(fitted);
        if (beside.isPresent()) {
            try (FittedCohort raw = beside.get()) {
                Strategies rawStrategies = new Strategies(raw, backend);
                rawStrategies.withCooperative().forEach(s -> outcomes.add(rawStrategies.measure(s, test)));
            }
        } else {
            strategies.withCooperative().forEach(s -> outcomes.add(strategies.measure(s, test)));
        }
        strategies.chosen().forEach(s -> outcomes.add(strategies.measure(s, test)));
        outcomes.add(committee(INDEPENDENT, fitted, fitted.alone(), options.rule(), test));
        return outcomes;
    }

    /** The baselines of a fitted cohort with their validation losses alone; nothing is trained for them. */
    public static List<StrategyOutcome> onValidation(FittedCohort fitted, TensorBackend backend) {
        Strategies strategies = new Strategies(fitted, backend);
        return Stream.concat(strategies.raw().stream(), strategies.chosen().stream())
                .map(s -> StrategyOutcome.judged(s.name(), s.detail(), s.validationLoss(), s.judgedOn()))
                .toList();
    }

    private StrategyOutcome committee(
            String name, FittedCohort fitted, PhaseOutcome outcome, CombinationRule rule, MultimodalDataset test) {
        int modalities = fitted.cohort().modalities().size();
        BitSet all = new BitSet();
        all.set(0, modalities);
        Set<BitSet> masks = new LinkedHashSet<>(CommitteeBook.seen(test.samples()));
        masks.add(all);
        CommitteeBook book = CommitteeBook.select(
                rule.selection(options.selection()),
                fitted.partial(outcome),
                fitted.split().validation().samples(),
                fitted.cohort().students(),
                masks);
        Committee full = book.full(modalities);
        String detail = full.members().length + " students, " + full.rule().label();
        if (test.rows() == 0) {
            return StrategyOutcome.judged(name, detail, full.validationLoss(), Reach.ofCommittee(fitted));
        }
        try (FusionModel model = new FusionModel(ModelContent.of(fitted, outcome, book, Map.of()), backend)) {
            AnsweredRows answers = model.answer(test);
            return new StrategyOutcome(
                    name,
                    detail,
                    full.validationLoss(),
                    Reach.ofCommittee(fitted),
                    answers.metrics(),
                    Reach.whole(test.rows()),
                    Optional.of(answers).filter(kept -> name.equals(COMMITTEE)));
        }
    }
}
