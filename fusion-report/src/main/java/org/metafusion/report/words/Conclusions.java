package org.metafusion.report.words;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.metafusion.core.modality.Modality;
import org.metafusion.core.representation.Representation;
import org.metafusion.core.student.StudentSpec;
import org.metafusion.ensemble.FitResult;
import org.metafusion.ensemble.FitResult.StudentRow;
import org.metafusion.ensemble.fit.RhoTrial;
import org.metafusion.ensemble.metric.LeadMetric;
import org.metafusion.ensemble.strategy.Comparison;
import org.metafusion.ensemble.strategy.StrategyOutcome;

/** What a fit says about what to fuse, when, and how, in sentences with figures. */
public final class Conclusions {

    private static final int NAMED = 2;

    /** Smaller gains are not given a figure: it would be of rounding errors. */
    private static final double LEAST_GAIN = 5e-4;

    private final FitResult result;
    private final List<String> modalities;
    private final List<StudentRow> members;

    public Conclusions(FitResult result) {
        this.result = result;
        this.modalities =
                result.model().modalities().stream().map(Modality::name).toList();
        this.members =
                result.students().stream().filter(row -> row.weight() > 0).toList();
    }

    /** What, when and how to fuse, and how good it is; each begins with what it is about and a colon. */
    public List<String> sentences() {
        List<String> sentences = new ArrayList<>();
        if (modalities.size() > 1) {
            sentences.add(what());
            sentences.add(when());
        } else {
            sentences.add("There is only one modality, so nothing is fused.");
        }
        sentences.add(how());
        sentences.add(howWell());
        return sentences;
    }

    private String what() {
        List<String> parts = new ArrayList<>();
        for (int m = 0; m < modalities.size(); m++) {
            parts.add(use(m));
        }
        return "What to fuse: " + String.join("; ", parts) + " (shares of the committee's weight).";
    }

    /** The representations of a modality that lead. */
    private String use(int modality) {
        Map<String, Double> shares = new LinkedHashMap<>();
        for (StudentRow member : members) {
            Representation representation = member.spec().representations().get(modality);
            if (representation.isPresent()) {
                shares.merge(representation.label(), member.weight(), Double::sum);
            }
        }
        String name = "'" + modalities.get(modality) + "' ";
        if (shares.isEmpty()) {
            return name + "not at all";
        }
        String leading = shares.entrySet().stream()
                .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
                .limit(NAMED)
                .map(share -> share.getKey() + " (" + percent(share.getValue()) + ")")
                .collect(Collectors.joining(", "));
        int others = shares.size() - NAMED;
        return name + "as " + leading + (others > 0 ? " and " + Figures.count(others, "other") : "");
    }

    private String when() {
        List<Share> shares = new ArrayList<>(List.of(
                new Share(
                        weightOf(spec -> spec.modalities().length > 1 && !isRaw(spec)),
                        "students that join extracted representations (intermediate fusion)"),
                new Share(
                        weightOf(spec -> spec.modalities().length > 1 && isRaw(spec)),
                        "students that join raw features (early fusion)"),
                new Share(
                        weightOf(spec -> spec.modalities().length == 1),
                        "students of a single modality, joined by the committee (late fusion)")));
        shares.sort(Comparator.comparingDouble(Share::weight).reversed());
        List<String> parts = shares.stream()
                .filter(share -> share.weight() > 0)
                .map(share -> percent(share.weight()) + (share == shares.get(0) ? " of the weight lies" : "") + " with "
                        + share.who())
                .toList();
        return "When to fuse: " + String.join(", ", parts) + ".";
    }

    /** How much of the committee's weight students of a kind have. */
    private record Share(double weight, String who) {}

    private double weightOf(Predicate<StudentSpec> kind) {
        return members.stream()
                .filter(row -> kind.test(row.spec()))
                .mapToDouble(StudentRow::weight)
                .sum();
    }

    private static boolean isRaw(StudentSpec spec) {
        return spec.representations().stream().allMatch(r -> !r.isPresent() || r instanceof Representation.Raw);
    }

    private String how() {
        OptionalDouble alone = lossAt(0);
        OptionalDouble chosen = lossAt(result.rho());
        if (result.rhoTrials().stream().allMatch(trial -> trial.rho() == 0)) {
            return "Mutual learning: not tried, so no student learned from another.";
        }
        if (result.rho() == 0) {
            boolean helpedSome = alone.isPresent()
                    && result.rhoTrials().stream().anyMatch(trial -> trial.loss() < alone.getAsDouble());
            return "Mutual learning: "
                    + (helpedSome
                            ? "it helped the top performers' committee but not that of all students"
                            : "no rho above 0 was better than learning alone")
                    + ", so no student learned from another.";
        }
        String judged = result.rhoTrials().get(0).judge().words();
        String start = "Mutual learning: rho " + Figures.shortest(result.rho()) + " was best";
        if (alone.isEmpty() || chosen.isEmpty()) {
            return start + ".";
        }
        double gain = 1 - chosen.getAsDouble() / alone.getAsDouble();
        return gain < LEAST_GAIN
                ? start + ", but changed the " + judged + " of " + Figures.significant(alone.getAsDouble()) + " hardly."
                : start + "; it lowered the " + judged + " by " + percent(gain) + ", from "
                        + Figures.significant(alone.getAsDouble()) + " to "
                        + Figures.significant(chosen.getAsDouble()) + ".";
    }

    private OptionalDouble lossAt(double rho) {
        return result.rhoTrials().stream()
                .filter(trial -> trial.rho() == rho)
                .mapToDouble(RhoTrial::loss)
                .findFirst();
    }

    private String howWell() {
        LeadMetric metric = LeadMetric.of(result.task());
        Optional<StrategyOutcome> committee = outcome(Comparison.COMMITTEE);
        if (committee.isEmpty() || !committee.get().metrics().containsKey(metric.key())) {
            return onValidation();
        }
        String text = "On the test rows the committee has " + metric.label() + " "
                + Figures.said(metric, metric.in(committee.get().metrics()));
        Optional<StrategyOutcome> independent = outcome(Comparison.INDEPENDENT);
        if (result.rho() > 0 && independent.isPresent()) {
            text += ", without mutual learning "
                    + Figures.said(metric, metric.in(independent.get().metrics()));
        }
        return text
                + bestBaseline(metric)
                        .map(best -> "; with hindsight the best of the other ways, " + best.name() + ", has "
                                + Figures.said(metric, metric.in(best.metrics())))
                        .orElse("")
                + ".";
    }

    private Optional<StrategyOutcome> outcome(String name) {
        return result.baselines().stream().filter(o -> o.name().equals(name)).findFirst();
    }

    /** Of those measured on all test rows, as the committee is. */
    private Optional<StrategyOutcome> bestBaseline(LeadMetric metric) {
        return baselines()
                .filter(o -> o.metrics().containsKey(metric.key()))
                .filter(o -> o.measuredOn().isWhole())
                .reduce((a, b) -> metric.in(b.metrics()) > metric.in(a.metrics()) ? b : a);
    }

    private java.util.stream.Stream<StrategyOutcome> baselines() {
        return result.baselines().stream()
                .filter(o -> !o.name().equals(Comparison.COMMITTEE) && !o.name().equals(Comparison.INDEPENDENT));
    }

    private String onValidation() {
        String text = "The committee's validation loss is "
                + Figures.significant(result.committee().validationLoss());
        return baselines()
                .filter(o -> Double.isFinite(o.validationLoss()) && result.isJudgedAlike(o))
                .min(Comparator.comparingDouble(StrategyOutcome::validationLoss))
                .map(best -> text + "; the best of the other ways, " + best.name() + ", has "
                        + Figures.significant(best.validationLoss())
                        + ". Both were chosen by these rows, so only test rows tell how good they are.")
                .orElse(text + ".");
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, share > 0 && share < 0.01 ? "%.1f %%" : "%.0f %%", 100 * share);
    }
}
