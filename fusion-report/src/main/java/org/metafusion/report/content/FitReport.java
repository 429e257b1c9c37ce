package org.metafusion.report.content;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.metafusion.core.modality.Task;
import org.metafusion.ensemble.FitResult;
import org.metafusion.ensemble.FitResult.StudentRow;
import org.metafusion.ensemble.metric.LeadMetric;
import org.metafusion.ensemble.model.AnsweredRows;
import org.metafusion.ensemble.signs.Sign;
import org.metafusion.ensemble.strategy.Comparison;
import org.metafusion.ensemble.strategy.StrategyOutcome;
import org.metafusion.report.Part;
import org.metafusion.report.Provenance;
import org.metafusion.report.Report;
import org.metafusion.report.Tile;
import org.metafusion.report.words.Conclusions;
import org.metafusion.report.words.Figures;

/** The report of a fit: what was chosen and why, how good it is, and how the cohort came to it. */
public final class FitReport {

    private final FitResult result;

    private FitReport(FitResult result) {
        this.result = result;
    }

    /** Of a fitted model, which must be open. */
    public static Report of(FitResult result) {
        return new FitReport(result).report();
    }

    private Report report() {
        Provenance provenance = Provenance.of(result.model());
        List<Part> parts = new ArrayList<>();
        parts.add(new Part("result", "What was chosen", new ChoiceCharts(result).all()));
        answers()
                .ifPresent(answers -> parts.add(new Part(
                        "answers",
                        "How it answers",
                        new AnswerCharts(answers, isTested() ? "test rows" : "validation rows").all())));
        parts.add(new Part("students", "The students", new StudentCharts(result).all()));
        parts.add(new Part("training", "The training", new TrainingCharts(result).all()));
        result.competition()
                .ifPresent(report -> parts.add(
                        new Part("competition", "Competition of modalities", new CompetitionCharts(report).all())));
        return new Report(
                provenance.facts().getOrDefault("data", "data"),
                "Fitted model",
                tiles(),
                sentences(),
                result.signs().stream().map(Sign::text).toList(),
                parts,
                provenance.with("seconds", Figures.significant(result.seconds())));
    }

    private List<String> sentences() {
        List<String> sentences = new ArrayList<>(new Conclusions(result).sentences());
        int last = sentences.size() - 1;
        sentences.set(last, "How good: " + sentences.get(last));
        return sentences;
    }

    private boolean isTested() {
        return committeeOnTest().isPresent();
    }

    private Optional<StrategyOutcome> committeeOnTest() {
        return result.baselines().stream()
                .filter(o ->
                        o.name().equals(Comparison.COMMITTEE) && o.answers().isPresent())
                .findFirst();
    }

    private Optional<AnsweredRows> answers() {
        return committeeOnTest()
                .flatMap(StrategyOutcome::answers)
                .or(() -> result.history().validation());
    }

    private List<Tile> tiles() {
        List<Tile> tiles = new ArrayList<>();
        LeadMetric metric = LeadMetric.of(result.task());
        answers()
                .ifPresent(answers -> tiles.add(new Tile(
                        Words.capital(metric.label()) + (isTested() ? " on test rows" : " on validation rows"),
                        Figures.said(metric, metric.in(answers.metrics())),
                        Figures.count(answers.rows(), "row")
                                + (isTested() ? ", none seen before" : ", which also chose it"))));
        tiles.add(committee());
        tiles.add(loss());
        tiles.add(bestStudent());
        tiles.add(teaching());
        return tiles;
    }

    private Tile committee() {
        return new Tile(
                "Committee",
                result.committee().members().length + " of "
                        + Figures.count(result.students().size(), "student"),
                "by " + result.committee().rule().label());
    }

    private Tile loss() {
        double own = result.committee().validationLoss();
        String note = result.baselines().stream()
                .filter(o -> !o.name().equals(Comparison.COMMITTEE) && !o.name().equals(Comparison.INDEPENDENT))
                .filter(o -> Double.isFinite(o.validationLoss()) && result.isJudgedAlike(o))
                .min(Comparator.comparingDouble(StrategyOutcome::validationLoss))
                .map(best -> "best other way, " + best.name() + ": " + Figures.significant(best.validationLoss()))
                .orElse(lossName(result.task()));
        return new Tile("Validation loss", Figures.significant(own), note);
    }

    private Tile bestStudent() {
        StudentRow best = result.students().get(0);
        return new Tile(
                "Best student",
                best.label(),
                "loss " + Figures.significant(best.lossMutual())
                        + (result.judgedOn().isWhole() ? "" : " on the rows that have what it reads"));
    }

    private Tile teaching() {
        return new Tile(
                "Mutual learning",
                result.rho() == 0 ? "not used" : "rho " + Figures.shortest(result.rho()),
                Figures.count(result.top().students().length, "top performer") + " of "
                        + Figures.count(result.students().size(), "student"));
    }

    static String lossName(Task task) {
        return task instanceof Task.Classification ? "cross-entropy" : "squared error (standardised)";
    }
}
