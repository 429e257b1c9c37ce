package org.metafusion.ensemble.search;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.metafusion.core.FusionException;
import org.metafusion.core.modality.MultimodalDataset;
import org.metafusion.core.modality.SplitDataset;
import org.metafusion.core.port.TrainingListener;
import org.metafusion.core.tensor.TensorBackend;
import org.metafusion.ensemble.config.FusionConfig;
import org.metafusion.ensemble.fit.FitOptions;
import org.metafusion.ensemble.fit.RowFolds;
import org.metafusion.ensemble.metric.PairedDifference;
import org.metafusion.ensemble.strategy.Comparison;

/**
 * A search by successive halving (Jamieson and Talwalkar 2016) over nested cross-validation: all trials are fitted on all
 * folds but the first and scored on that; the better half of them goes on to the second, a quarter to the next two, and so
 * on, until the last few have been scored on every fold. Of trials that score alike to the bit, which differ in keys without
 * effect, the first goes on alone. Within a fit the fold's rows play no part, so that a score is that
 * of fresh rows; test rows the search never sees. What was configured, trial 0, always goes on, so that the gain is
 * measured on the same folds.
 */
public final class ConfigurationSearch {

    private final TensorBackend backend;
    private final FusionConfig base;
    private final SearchSpace space;
    private final SearchOptions options;
    private final SearchJournal journal;

    /** @param base what holds where a trial sets nothing */
    public ConfigurationSearch(
            TensorBackend backend, FusionConfig base, SearchSpace space, SearchOptions options, SearchJournal journal) {
        this.backend = backend;
        this.base = base;
        this.space = space;
        this.options = options;
        this.journal = journal;
    }

    /**
     * Searches.
     *
     * @param rows training rows; those of one group stay together in a fold
     */
    public SearchResult run(MultimodalDataset rows, SearchListener listener) {
        return new Race(rows, listener).run();
    }

    /** One run of the search. */
    private final class Race {
        private final long start = System.nanoTime();
        private final MultimodalDataset rows;
        private final List<int[]> foldOf = new ArrayList<>();
        private final SearchListener listener;
        private final Map<Trial, List<Score>> scores = new LinkedHashMap<>();

        Race(MultimodalDataset rows, SearchListener listener) {
            this.rows = rows;
            this.listener = listener;
            for (int repeat = 0; repeat < options.repeats(); repeat++) {
                foldOf.add(RowFolds.of(rows, options.folds(), options.seed() + repeat));
            }
        }

        SearchResult run() {
            List<Trial> alive = space.draw(base, options.trials(), options.seed());
            int all = options.folds() * options.repeats();
            boolean isComplete = true;
            for (int done = 0, until = 1; done < all && isComplete; done = until, until = Math.min(all, 2 * until)) {
                isComplete = score(alive, done, until);
                alive = survivors(alive);
            }
            List<TrialResult> ranked = ranked(scores.keySet().stream().toList());
            TrialResult configured = ranked.stream()
                    .filter(r -> r.trial().number() == 0)
                    .findFirst()
                    .orElseThrow();
            TrialResult best = ranked.stream()
                    .filter(TrialResult::isClearlyBetter)
                    .findFirst()
                    .orElse(configured);
            return new SearchResult(ranked, best, configured, Influence.of(space, ranked), isComplete);
        }

        /** Scores trials on folds {@code from} to {@code until - 1}; false if the time ran out before the end. */
        private boolean score(List<Trial> trials, int from, int until) {
            for (int fold = from; fold < until; fold++) {
                for (Trial trial : trials) {
                    Optional<Score> known = journal.find(trial.number(), fold);
                    if (known.isEmpty() && !scores.isEmpty() && isTimeUp()) {
                        forget(fold);
                        return false;
                    }
                    int current = fold;
                    Score score = known.orElseGet(() -> fitted(trial, current, trials.size()));
                    scores.computeIfAbsent(trial, t -> new ArrayList<>()).add(score);
                }
            }
            return true;
        }

        /** Leaves out a fold that not all trials were scored on, unless it is the only one. */
        private void forget(int fold) {
            if (fold > 0) {
                scores.values().forEach(own -> own.removeIf(score -> score.fold() == fold));
            }
        }

        private boolean isTimeUp() {
            return (System.nanoTime() - start) / 1e9 >= options.seconds();
        }

        private Score fitted(Trial trial, int fold, int alive) {
            FitOptions fitOptions = base.with(trial.settings()).options().withSeed(options.seed() + fold);
            int[] dealt = foldOf.get(fold / options.folds());
            int held = fold % options.folds();
            SplitDataset split =
                    new SplitDataset(rows.select(where(dealt, held, false)), rows.select(where(dealt, held, true)));
            long begun = System.nanoTime();
            TrainingListener progress = listener.fitting(trial, fold, alive);
            Map<String, Double> metrics =
                    measured(trial, new Comparison(backend, fitOptions, progress), split, progress);
            Score score = new Score(trial.number(), fold, metrics, (System.nanoTime() - begun) / 1e9);
            journal.add(score);
            return score;
        }

        /** Without the criterion for a trial that cannot be fitted; what is configured has to be fitted. */
        private Map<String, Double> measured(
                Trial trial, Comparison comparison, SplitDataset split, TrainingListener progress) {
            try {
                return comparison.committeeAlone(split).get(0).metrics();
            } catch (FusionException e) {
                if (trial.number() == 0) {
                    throw e;
                }
                progress.message("Trial " + trial.number() + " is left out: " + e.getMessage());
                return Map.of();
            }
        }

        private static int[] where(int[] dealt, int fold, boolean inIt) {
            return IntStream.range(0, dealt.length)
                    .filter(row -> (dealt[row] == fold) == inIt)
                    .toArray();
        }

        /** The better half of those that differ, and trial 0. */
        private List<Trial> survivors(List<Trial> trials) {
            Set<List<Map<String, Double>>> known = new HashSet<>();
            List<TrialResult> ranked = ranked(trials.stream()
                    .filter(trial -> scores.containsKey(trial) && known.add(metrics(trial)))
                    .toList());
            int kept = (ranked.size() + 1) / 2;
            return IntStream.range(0, ranked.size())
                    .filter(i -> i < kept || ranked.get(i).trial().number() == 0)
                    .mapToObj(i -> ranked.get(i).trial())
                    .sorted(Comparator.comparingInt(Trial::number))
                    .toList();
        }

        private List<Map<String, Double>> metrics(Trial trial) {
            return Objects.requireNonNull(scores.get(trial)).stream()
                    .map(Score::metrics)
                    .toList();
        }

        private List<TrialResult> ranked(List<Trial> trials) {
            Map<Integer, Double> configured = configuredByFold();
            return trials.stream()
                    .map(trial -> result(trial, configured))
                    .sorted(Comparator.comparingInt(
                                    (TrialResult r) -> r.scores().size())
                            .reversed()
                            .thenComparingDouble(TrialResult::excess)
                            .thenComparingInt(r -> r.trial().number()))
                    .toList();
        }

        /** What trial 0 reached, the first on every fold. */
        private Map<Integer, Double> configuredByFold() {
            Map<Integer, Double> values = new LinkedHashMap<>();
            scores.values().iterator().next().forEach(score -> values.put(score.fold(), value(score)));
            return values;
        }

        private TrialResult result(Trial trial, Map<Integer, Double> configured) {
            List<Score> own = Objects.requireNonNull(scores.get(trial));
            double[] values = own.stream().mapToDouble(this::value).toArray();
            double[] usual = own.stream()
                    .mapToDouble(score -> Objects.requireNonNull(configured.get(score.fold())))
                    .toArray();
            double mean = Arrays.stream(values).average().orElseThrow();
            if (values.length == 1) {
                return new TrialResult(trial, own, mean, mean - usual[0], Double.NaN);
            }
            PairedDifference excess = PairedDifference.of(values, usual);
            return new TrialResult(trial, own, mean, excess.mean(), excess.standardError());
        }

        private double value(Score score) {
            return options.criterion().of(rows.task(), score.metrics());
        }
    }
}
