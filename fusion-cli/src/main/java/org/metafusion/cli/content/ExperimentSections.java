package org.metafusion.cli.content;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.metafusion.cli.report.Cell;
import org.metafusion.cli.report.Section;
import org.metafusion.cli.report.Section.Column;
import org.metafusion.cli.report.Section.Fact;
import org.metafusion.ensemble.study.Finding;
import org.metafusion.ensemble.study.Study;
import org.metafusion.ensemble.study.StudyColumn;
import org.metafusion.ensemble.study.StudyReport;
import org.metafusion.ensemble.study.StudySize;
import org.metafusion.ensemble.study.StudyTable;
import org.metafusion.ensemble.study.StudyValue;
import org.metafusion.report.words.Figures;

/** A study: what it tests, its tables, whether the claims held. */
public final class ExperimentSections {

    private final Study study;
    private final StudySize size;
    private final List<Long> seeds;

    public ExperimentSections(Study study, StudySize size, List<Long> seeds) {
        this.study = study;
        this.size = size;
        this.seeds = List.copyOf(seeds);
    }

    /** All studies, a line each. */
    public static Section list(List<Study> studies) {
        return new Section.Table(
                "studies",
                "Studies",
                List.of(
                        Column.of("name", "name"),
                        Column.of("takesData", "takes DATA"),
                        Column.of("description", "what it measures")),
                studies.stream()
                        .map(Study::profile)
                        .map(s -> List.of(
                                Cell.of(s.name()), (Cell) new Cell.Answer(s.takesData()), Cell.of(s.description())))
                        .toList());
    }

    /** What is said before it runs. */
    public Section head(String data) {
        List<String> shown = seeds.stream().map(String::valueOf).toList();
        Section facts = new Section.Facts(
                "study",
                "",
                List.of(
                        new Fact("name", "study", Cell.of(study.profile().name())),
                        new Fact(
                                "description",
                                "description",
                                Cell.of(study.profile().description())),
                        new Fact("size", "size", Cell.of(size.toString())),
                        new Fact("seeds", "seeds", new Cell.Words(shown, ", ")),
                        new Fact("data", "data", Cell.of(data))));
        String runs = (seeds.size() == 1 ? "seed " : "seeds ") + String.join(", ", shown);
        String caution = size == StudySize.SMALL ? " The small size is for trying out, not for judging a claim." : "";
        return new Section.Said(
                "Study " + study.profile().name(),
                List.of(
                        study.profile().description(),
                        "Size " + size + "; " + runs + "; data: " + data + "." + caution),
                facts);
    }

    /** What it found. */
    public List<Section> found(StudyReport report, double seconds) {
        List<Section> sections = new ArrayList<>();
        report.summary().forEach(table -> sections.add(table(table, table.key())));
        sections.add(findings(report.findings()));
        sections.add(new Section.Lines("notes", report.notes().isEmpty() ? "" : "Notes", report.notes()));
        sections.add(new Section.Said(
                "",
                List.of("Done in " + Figures.duration(seconds)),
                new Section.Facts("", "", List.of(new Fact("seconds", "seconds", Cell.of(seconds))))));
        return sections;
    }

    /** Every measurement. */
    public static List<Section.Table> rows(StudyReport report) {
        return report.rows().stream().map(table -> table(table, table.key())).toList();
    }

    /** Every measurement under one key of the JSON document. */
    public static Section rowsGroup(StudyReport report) {
        return new Section.Group("rows", List.copyOf(rows(report)));
    }

    private static Section findings(List<Finding> findings) {
        List<String> lines = new ArrayList<>();
        List<List<Cell>> rows = new ArrayList<>();
        for (Finding finding : findings) {
            lines.add(finding.outcome().toString().toUpperCase(Locale.ROOT) + ": "
                    + finding.claim().text() + " (" + finding.claim().source() + ")");
            lines.add("  " + finding.words());
            rows.add(List.of(
                    Cell.of(finding.claim().text()),
                    Cell.of(finding.claim().source()),
                    Cell.of(finding.outcome().toString()),
                    Cell.of(finding.words())));
        }
        Section table = new Section.Table(
                "findings",
                "",
                List.of(
                        Column.of("claim", "claim"),
                        Column.of("source", "source"),
                        Column.of("outcome", "outcome"),
                        Column.of("words", "because")),
                rows);
        return new Section.Said("What was claimed, and whether it held here", lines, table);
    }

    private static Section.Table table(StudyTable table, String key) {
        List<Column> columns = table.columns().stream()
                .map(column -> new Column(column.key(), column.label(), best(column)))
                .toList();
        List<List<Cell>> rows = table.rows().stream()
                .map(row -> IntStream.range(0, row.size())
                        .mapToObj(c -> cell(row.get(c), table.columns().get(c)))
                        .toList())
                .toList();
        return new Section.Table(key, table.title(), columns, rows);
    }

    private static Section.Best best(StudyColumn column) {
        return switch (column.best()) {
            case NONE -> Section.Best.NONE;
            case LOWEST -> Section.Best.LOWEST;
            case HIGHEST -> Section.Best.HIGHEST;
        };
    }

    private static Cell cell(StudyValue value, StudyColumn column) {
        Figures.Style style = switch (column.kind()) {
            case SETTING, COMPARED, RUN -> Figures.Style.SHORTEST;
            case FIGURE -> Figures.Style.PLAIN;
            case PERCENT -> Figures.Style.PERCENT;
        };
        if (value instanceof StudyValue.Words words) {
            return Cell.of(words.text());
        }
        if (value instanceof StudyValue.Count count) {
            return Cell.of(count.count());
        }
        if (value instanceof StudyValue.Figure figure) {
            return new Cell.Number(figure.value(), style);
        }
        List<Double> values = ((StudyValue.Repeated) value).values();
        return values.isEmpty() ? Cell.none() : new Cell.Spread(values, style);
    }
}
