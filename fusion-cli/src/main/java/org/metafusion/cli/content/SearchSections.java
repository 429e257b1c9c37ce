package org.metafusion.cli.content;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.metafusion.cli.report.Cell;
import org.metafusion.cli.report.Section;
import org.metafusion.cli.report.Section.Column;
import org.metafusion.cli.report.Section.Fact;
import org.metafusion.core.modality.Task;
import org.metafusion.ensemble.search.Influence;
import org.metafusion.ensemble.search.SearchOptions;
import org.metafusion.ensemble.search.SearchResult;
import org.metafusion.ensemble.search.TrialResult;
import org.metafusion.report.words.Figures;
import org.metafusion.report.words.Measure;

/** What a search found: trials, what mattered, and the best configuration. */
public final class SearchSections {

    private static final int SHOWN_TRIALS = 12;

    private final double possible;
    private final SearchOptions options;
    private final Task task;
    private final SearchResult result;
    private final Measure metric;

    /** @param possible the number of configurations in the space */
    public SearchSections(double possible, SearchOptions options, Task task, SearchResult result) {
        this.possible = possible;
        this.options = options;
        this.task = task;
        this.result = result;
        this.metric = Measure.named(options.criterion().metric(task)).orElseThrow();
    }

    public List<Section> all() {
        List<Section> sections = new ArrayList<>(List.of(trials()));
        if (!result.influences().isEmpty()) {
            sections.add(influences());
        }
        sections.add(best());
        sections.add(summary());
        return sections;
    }

    private Section trials() {
        List<List<Cell>> rows = new ArrayList<>();
        for (TrialResult trial : result.trials()) {
            rows.add(List.of(
                    Cell.of(trial.trial().number()),
                    Cell.of(trial.scores().size()),
                    Cell.of(
                            metric,
                            trial.scores().stream()
                                    .map(score -> score.metrics().getOrDefault(metric.key(), Double.NaN))
                                    .toList()),
                    Cell.of(trial.excess()),
                    Cell.of(trial.excessError()),
                    Cell.of(trial.seconds()),
                    Cell.of(settings(trial.trial().settings()))));
        }
        return new Section.Table(
                "trials",
                "Trials, best first: those scored on more folds before others; trial 0 is what was configured",
                List.of(
                        Column.of("trial", "trial"),
                        Column.of("folds", "folds"),
                        Column.of(metric.key(), metric.label()),
                        Column.of("excess", "excess"),
                        Column.of("excessError", "std. error"),
                        Column.of("seconds", "seconds"),
                        Column.of("settings", "settings")),
                rows,
                SHOWN_TRIALS);
    }

    private static String settings(Map<String, String> settings) {
        return settings.isEmpty()
                ? "as configured"
                : settings.entrySet().stream()
                        .map(entry ->
                                entry.getKey().substring(entry.getKey().indexOf('.') + 1) + "=" + entry.getValue())
                        .collect(Collectors.joining(" "));
    }

    private Section influences() {
        List<List<Cell>> rows = new ArrayList<>();
        for (Influence influence : result.influences()) {
            Influence.ValueEffect first = influence.values().get(0);
            Influence.ValueEffect last =
                    influence.values().get(influence.values().size() - 1);
            boolean differ = influence.values().size() > 1 && first.excess() < last.excess();
            rows.add(List.of(
                    Cell.of(influence.key()),
                    Cell.percent(influence.share()),
                    differ ? Cell.of(first.value()) : Cell.none(),
                    Cell.of(first.excess()),
                    differ ? Cell.of(last.value()) : Cell.none(),
                    Cell.of(last.excess())));
        }
        return new Section.Table(
                "influences",
                "What mattered: share of the variance between trials, less what chance gives; excess over trial 0 with the"
                        + " best and worst value",
                List.of(
                        Column.of("key", "key"),
                        Column.of("share", "share %"),
                        Column.of("best", "best value"),
                        Column.of("bestExcess", "excess"),
                        Column.of("worst", "worst value"),
                        Column.of("worstExcess", "excess")),
                rows);
    }

    private Section best() {
        List<Fact> facts = new ArrayList<>();
        result.best().trial().settings().forEach((key, value) -> facts.add(new Fact(key, key, Cell.of(value))));
        facts.add(new Fact("trial", "trial", Cell.of(result.best().trial().number())));
        return new Section.Facts("best", "The best configuration", facts);
    }

    private Section summary() {
        double gain = result.gain(options.criterion(), task);
        double seconds =
                result.trials().stream().mapToDouble(TrialResult::seconds).sum();
        int all = options.folds() * options.repeats();
        List<String> lines = new ArrayList<>();
        lines.add(String.format(
                Locale.ROOT,
                "%s of %.0f possible configurations tried in %s of fitting.",
                result.trials().size(),
                possible,
                Figures.duration(seconds)));
        if (result.influences().isEmpty()) {
            lines.add("Too few trials to say what mattered.");
        }
        lines.add(
                result.best().trial().number() == 0
                        ? "None was better than what was configured by more than a standard error."
                        : String.format(
                                Locale.ROOT,
                                "The best one is better than what was configured by %.4g (%s, mean over the folds both"
                                        + " were scored on).",
                                metric.style() == Figures.Style.PERCENT ? 100 * gain : gain,
                                metric.label()));
        if (!result.isComplete() || result.best().scores().size() < all) {
            lines.add("The time ran out: the best was scored on "
                    + result.best().scores().size() + " of " + all
                    + " folds; give more --minutes, with a --journal to go on from here.");
        }
        Section machine = new Section.Facts(
                "",
                "",
                List.of(
                        new Fact("gain", "gain", Cell.of(gain)),
                        new Fact("seconds", "seconds", Cell.of(seconds)),
                        new Fact("complete", "complete", new Cell.Answer(result.isComplete()))));
        return new Section.Said("", lines, machine);
    }
}
