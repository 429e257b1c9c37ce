package org.metafusion.report.content;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
        if (outcomes().stream().anyMatch(o -> !o.metrics().isEmpty())) {
            all.add(tested());
        }
        all.add(validated());
        all.add(read());
        if (modalities.size() > 1) {
            all.add(masks());
        }
        return all;
    }

    /** The committee among them, whether it was measured beside them or not. */
    private List<StrategyOutcome> outcomes() {
        List<StrategyOutcome> outcomes = new ArrayList<>(result.baselines());
        if (outcomes.stream().noneMatch(o -> o.name().equals(Comparison.COMMITTEE))) {
            outcomes.add(new StrategyOutcome(
                    Comparison.COMMITTEE,
                    Figures.count(result.committee().members().length, "student"),
                    result.committee().validationLoss(),
                    Map.of()));
        }
        return outcomes;
    }

    private Exhibit tested() {
        LeadMetric metric = LeadMetric.of(result.task());
        double unit = Words.unit(metric);
        List<Bar> bars = outcomes().stream()
                .filter(o -> o.metrics().containsKey(metric.key()))
                .map(o -> bar(o, unit * metric.in(o.metrics())))
                .sorted(Comparator.comparingDouble(Bar::value).reversed())
                .toList();
        return new Exhibit(
                "tested",
                "Ways to fuse, on test rows",
                "Higher is better; the committee is " + Words.place(bars) + ".",
                new Bars("way to fuse", Axis.close(Words.metric(metric)), bars));
    }

    private Exhibit validated() {
        List<Bar> bars = outcomes().stream()
                .filter(o -> Double.isFinite(o.validationLoss()))
                .map(o -> bar(o, o.validationLoss()))
                .sorted(Comparator.comparingDouble(Bar::value))
                .toList();
        return new Exhibit(
                "validated",
                "Ways to fuse, on validation rows",
                "Lower is better; the committee is " + Words.place(bars)
                        + ". All were chosen by these rows, which flatters whatever chooses among many.",
                new Bars("way to fuse", Axis.fromZero(FitReport.lossName(result.task())), bars));
    }

    private static Bar bar(StrategyOutcome outcome, double value) {
        return new Bar(
                outcome.name(), value, Double.NaN, outcome.name().equals(Comparison.COMMITTEE), outcome.detail());
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
                new Bars("modality: representation", Axis.fromZero("share of the committee's weight, %"), bars));
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
                        + " filled in.",
                new Bars("modalities there", Axis.fromZero("validation " + FitReport.lossName(result.task())), bars));
    }

    private Stream<CommitteeLine> lines() {
        return result.model().describe().committees().stream();
    }
}
