package org.metafusion.cli.content;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.metafusion.cli.report.Cell;
import org.metafusion.cli.report.Section;
import org.metafusion.cli.report.Section.Best;
import org.metafusion.cli.report.Section.Column;
import org.metafusion.cli.report.Section.Fact;
import org.metafusion.core.modality.Modality;
import org.metafusion.core.modality.Task;
import org.metafusion.ensemble.FitResult;
import org.metafusion.ensemble.committee.Committee;
import org.metafusion.ensemble.signs.Sign;
import org.metafusion.ensemble.strategy.StrategyOutcome;
import org.metafusion.report.words.Conclusions;
import org.metafusion.report.words.Figures;
import org.metafusion.report.words.Measure;

/** How a fit went: students, rho, committee, baselines, failure signs, and what follows from it in words. */
public final class FitSections {

    private static final int SHOWN = 15;

    private final FitResult result;

    public FitSections(FitResult result) {
        this.result = result;
    }

    public List<Section> all() {
        List<Section> sections = new ArrayList<>(List.of(leaderboard(), rho(), committee(), baselines()));
        sections.add(new Section.Lines("conclusions", "In words", new Conclusions(result).sentences()));
        sections.add(signs());
        result.competition().ifPresent(report -> sections.addAll(new CompetitionSections(report).all()));
        return sections;
    }

    private Section leaderboard() {
        List<List<Cell>> rows = result.students().stream()
                .map(student -> List.of(
                        Cell.of(student.label()),
                        Cell.of(student.cluster() + 1),
                        Cell.marked(student.isTopPerformer()),
                        Cell.of(student.lossAlone()),
                        Cell.of(student.lossMutual()),
                        (Cell) new Cell.Number(student.weight(), Figures.Style.BLANK_ZERO)))
                .toList();
        return new Section.Table(
                "leaderboard",
                "Leaderboard: " + Figures.count(rows.size(), "student") + " in "
                        + Figures.count(result.top().k(), "cluster") + ", " + lossName()
                        + " on validation rows, alone and after mutual learning",
                List.of(
                        Column.of("student", "student " + names("|")),
                        Column.of("cluster", "cluster"),
                        Column.of("topPerformer", "top"),
                        Column.of("lossAlone", "loss alone"),
                        Column.of("lossMutual", "loss mutual"),
                        Column.of("weight", "weight")),
                rows,
                SHOWN);
    }

    private String lossName() {
        return result.task() instanceof Task.Classification ? "cross-entropy" : "squared error (standardised)";
    }

    private String names(String separator) {
        return String.join(
                separator,
                result.model().modalities().stream().map(Modality::name).toList());
    }

    private Section rho() {
        List<List<Cell>> rows = result.rhoTrials().stream()
                .map(trial -> List.of(
                        Cell.shortest(trial.rho()), Cell.of(trial.loss()), Cell.marked(trial.rho() == result.rho())))
                .toList();
        return new Section.Table(
                "rho",
                "Rho: how much students learn from each other, by the "
                        + result.rhoTrials().stream()
                                .findFirst()
                                .map(trial -> trial.judge().words())
                                .orElse("validation loss"),
                List.of(Column.of("rho", "rho"), Column.of("loss", "loss"), Column.of("chosen", "chosen")),
                rows);
    }

    private Section committee() {
        Committee committee = result.committee();
        return new Section.Facts(
                "committee",
                "Committee",
                List.of(
                        new Fact("rule", "rule", Cell.of(committee.rule().label())),
                        new Fact("reason", "because", Cell.of(committee.reason())),
                        new Fact("members", "members", Cell.of(committee.members().length)),
                        new Fact("validationLoss", "validation loss", Cell.of(committee.validationLoss()))));
    }

    /** With test metrics where there are any; text has room for few. */
    private Section baselines() {
        boolean measured =
                result.baselines().stream().anyMatch(o -> !o.metrics().isEmpty());
        List<Measure> metrics = measured ? Measure.compared(result.task()) : List.of();
        List<Column> columns = new ArrayList<>(List.of(
                Column.of("strategy", "strategy"),
                Column.of("detail", "of"),
                new Column("validationLoss", "validation loss", Best.LOWEST),
                Column.of("validationRows", "")));
        for (Measure metric : metrics) {
            boolean shown = Measure.brief(result.task()).contains(metric);
            columns.add(new Column(metric.key(), shown ? "test " + metric.label() : "", Best.of(metric)));
        }
        if (measured) {
            columns.add(Column.of("testRows", ""));
        }
        List<StrategyOutcome> ways = result.ways();
        boolean alike = ways.stream()
                .allMatch(way -> result.isJudgedAlike(way) && way.measuredOn().isWhole());
        return new Section.Table(
                "baselines",
                "Against other ways to fuse" + (alike ? "" : "; * marks the best of those on the committee's rows"),
                columns,
                ways.stream().map(way -> row(way, metrics)).toList());
    }

    private List<Cell> row(StrategyOutcome way, List<Measure> metrics) {
        Cell loss = Cell.of(way.validationLoss());
        List<Cell> row = new ArrayList<>(List.of(
                Cell.of(way.name()),
                new Cell.Noted(way.detail(), note(way)),
                result.isJudgedAlike(way) ? loss : loss.apart(),
                Cell.of(way.judgedOn().rows())));
        for (Measure metric : metrics) {
            Cell cell = Cell.of(metric, way.metrics().getOrDefault(metric.key(), Double.NaN));
            row.add(way.measuredOn().isWhole() ? cell : cell.apart());
        }
        if (!metrics.isEmpty()) {
            row.add(Cell.of(way.measuredOn().rows()));
        }
        return row;
    }

    private static String note(StrategyOutcome way) {
        return Stream.of(
                        way.judgedOn().rows() == 0 ? "" : Figures.share(way.judgedOn(), "validation"),
                        way.metrics().isEmpty() ? "" : Figures.share(way.measuredOn(), "test"))
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining(", "));
    }

    private Section signs() {
        List<List<Cell>> rows = result.signs().stream()
                .map(sign -> List.of(Cell.of(sign.kind().name()), Cell.of(sign.text())))
                .toList();
        Section table =
                new Section.Table("signs", "", List.of(Column.of("kind", "kind"), Column.of("text", "text")), rows);
        return new Section.Said(
                "Failure signs",
                rows.isEmpty()
                        ? List.of("none")
                        : result.signs().stream().map(Sign::text).toList(),
                table);
    }
}
