package org.metafusion.report.content;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.metafusion.core.modality.Modality;
import org.metafusion.core.representation.Representation;
import org.metafusion.ensemble.FitResult;
import org.metafusion.ensemble.FitResult.StudentRow;
import org.metafusion.ensemble.metric.LeadMetric;
import org.metafusion.ensemble.model.ModelDescription.CommitteeLine;
import org.metafusion.ensemble.strategy.Comparison;
import org.metafusion.ensemble.strategy.StrategyOutcome;
import org.metafusion.report.Exhibit;
import org.metafusion.report.chart.Axis;
import org.metafusion.report.chart.Bars;
import org.metafusion.report.chart.Bars.Bar;
import org.metafusion.report.words.Figures;

/** What a fit chose: the committee beside other ways to fuse, what it reads, and what answers when modalities lack. */
final class ChoiceCharts {

    private final FitResult result;
    private final List<String> modalities;

    ChoiceCharts(FitResult result) {
        this.result = result;
        this.modalities =
                result.model().modalities().stream().map(Modality::name).toList();
    }

    List<Exhibit> all() {
        List<Exhibit> all = new ArrayList<>();
        if (result.ways().stream().anyMatch(o -> !o.metrics().isEmpty())) {
            all.add(tested());
        }
        all.add(validated());
        all.add(read());
        if (modalities.size() > 1) {
            all.add(masks());
        }
        return all;
    }

    private Exhibit tested() {
        LeadMetric metric = LeadMetric.of(result.task());
        double unit = Words.unit(metric);
        Comparator<Bar> order = Comparator.comparingDouble(Bar::value);
        Ranked ranked = new Ranked(
                result.ways().stream()
                        .filter(o -> o.metrics().containsKey(metric.key()))
                        .toList(),
                way -> way.measuredOn().isWhole(),
                way -> bar(way, unit * metric.in(way.metrics()), Figures.share(way.measuredOn(), "")),
                order.reversed());
        return new Exhibit(
                "tested",
                "Ways to fuse, on test rows",
                "Higher is better; " + ranked.place("all test rows") + ".",
                new Bars("way to fuse", Words.axis(metric), ranked.bars()));
    }

    private Exhibit validated() {
        Ranked ranked = new Ranked(
                result.ways().stream()
                        .filter(o -> Double.isFinite(o.validationLoss()))
                        .toList(),
                result::isJudgedAlike,
                way -> bar(way, way.validationLoss(), Figures.share(way.judgedOn(), "")),
                Comparator.comparingDouble(Bar::value));
        return new Exhibit(
                "validated",
                "Ways to fuse, on validation rows",
                "Lower is better; " + ranked.place("the committee's rows")
                        + ". All were chosen by these rows, which flatters whatever chooses among many.",
                new Bars("way to fuse", Axis.fromZero(FitReport.lossName(result.task())), ranked.bars()));
    }

    /** @param share of the rows; empty for all of them */
    private static Bar bar(StrategyOutcome way, double value, String share) {
        return new Bar(
                way.name(),
                value,
                Double.NaN,
                way.name().equals(Comparison.COMMITTEE),
                way.detail() + (share.isEmpty() ? "" : ", " + share));
    }

    /**
     * Ways to fuse as bars, the best first.
     *
     * @param alike those of the committee's rows: no others compare with it
     */
    private record Ranked(
            List<StrategyOutcome> ways,
            Predicate<StrategyOutcome> alike,
            Function<StrategyOutcome, Bar> bar,
            Comparator<Bar> order) {

        List<Bar> bars() {
            return bars(way -> true);
        }

        private List<Bar> bars(Predicate<StrategyOutcome> wanted) {
            return ways.stream().filter(wanted).map(bar).sorted(order).toList();
        }

        /** The committee's place, said to be among those on {@code rows} where there are others. */
        String place(String rows) {
            List<Bar> ranked = bars(alike);
            return (ranked.size() < ways.size() ? "of those on " + rows + " " : "") + "the committee is "
                    + Words.place(ranked);
        }
    }

    private Exhibit read() {
        Map<String, Double> shares = new LinkedHashMap<>();
        for (StudentRow row : result.students()) {
            for (int m = 0; m < modalities.size(); m++) {
                Representation representation = row.spec().representations().get(m);
                if (representation.isPresent() && row.weight() > 0) {
                    shares.merge(modalities.get(m) + ": " + representation.label(), row.weight(), Double::sum);
                }
            }
        }
        List<Bar> bars = shares.entrySet().stream()
                .map(share -> Bar.of(share.getKey(), 100 * share.getValue(), false))
                .sorted(Comparator.comparing((Bar bar) -> modality(bar.name()))
                        .thenComparing(Comparator.comparingDouble(Bar::value).reversed()))
                .toList();
        String lead = modalities.stream()
                .map(name -> "'" + name + "' is read by members with "
                        + Words.percent(readers(modalities.indexOf(name))) + " of the weight")
                .collect(Collectors.joining("; "));
        return new Exhibit(
                "reads",
                "What the committee reads",
                lead + ". A student may read several.",
                new Bars(
                        "modality: representation",
                        Axis.fromZero("share of the committee's weight, %").ofPercent(),
                        bars));
    }

    private int modality(String bar) {
        return modalities.indexOf(bar.substring(0, bar.lastIndexOf(": ")));
    }

    private double readers(int modality) {
        return result.students().stream()
                .filter(row -> row.spec().representations().get(modality).isPresent())
                .mapToDouble(StudentRow::weight)
                .sum();
    }

    private Exhibit masks() {
        List<Bar> bars = lines().map(line -> new Bar(
                        String.join(" + ", line.modalities()),
                        line.validationLoss(),
                        Double.NaN,
                        line.modalities().size() == modalities.size(),
                        Figures.count(line.members().size(), "member") + ", " + line.rule()))
                .sorted(Comparator.comparingDouble(Bar::value))
                .toList();
        return new Exhibit(
                "masks",
                "When modalities are missing",
                "A committee of its own answers for each set of modalities that is there; lower is better. Nothing is"
                        + " filled in. Each is judged on the validation rows that have its modalities, so that the losses are"
                        + " of different rows where some rows lack one.",
                new Bars("modalities there", Axis.fromZero("validation " + FitReport.lossName(result.task())), bars));
    }

    private Stream<CommitteeLine> lines() {
        return result.model().describe().committees().stream();
    }
}
