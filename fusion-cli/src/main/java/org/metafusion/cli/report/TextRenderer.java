package org.metafusion.cli.report;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/** Text for people, each section at once, an empty line between two. */
public final class TextRenderer implements Renderer {

    private final PrintStream out;
    private final Ink ink;
    private boolean begun;

    public TextRenderer(PrintStream out, Ink ink) {
        this.out = out;
        this.ink = ink;
    }

    @Override
    public void section(Section section) {
        if (section instanceof Section.Group group) {
            group.sections().forEach(this::section);
            return;
        }
        List<String> lines = linesOf(section);
        if (lines.isEmpty()) {
            return;
        }
        if (begun) {
            line("");
        }
        begun = true;
        if (!section.title().isEmpty()) {
            line(ink.bold(section.title()));
        }
        lines.forEach(this::line);
        out.flush();
    }

    @Override
    public void finish() {
        out.flush();
    }

    /** Line feeds on every system, so that golden files and diffs agree. */
    private void line(String text) {
        out.print(text + "\n");
    }

    private List<String> linesOf(Section section) {
        if (section instanceof Section.Facts facts) {
            TextTable table = new TextTable(ink);
            facts.facts()
                    .forEach(fact -> table.row(
                            TextTable.Box.left(fact.label()),
                            TextTable.Box.left(fact.value().text())));
            return table.lines();
        }
        if (section instanceof Section.Table table) {
            return table.rows().isEmpty() ? List.of() : tableLines(table);
        }
        if (section instanceof Section.Said said) {
            return said.lines();
        }
        return section instanceof Section.Lines lines ? lines.lines() : List.of();
    }

    private List<String> tableLines(Section.Table table) {
        int[] columns = IntStream.range(0, table.columns().size())
                .filter(c -> !table.columns().get(c).header().isEmpty())
                .toArray();
        OptionalDouble[] best =
                table.columns().stream().map(column -> best(table, column)).toArray(OptionalDouble[]::new);
        TextTable text = new TextTable(ink);
        text.row(IntStream.of(columns).mapToObj(c -> header(table, c)).toArray(TextTable.Box[]::new));
        int shown = Math.min(table.shown(), table.rows().size());
        for (List<Cell> row : table.rows().subList(0, shown)) {
            text.row(IntStream.of(columns)
                    .mapToObj(c -> box(row.get(c), table.columns().get(c), best[c]))
                    .toArray(TextTable.Box[]::new));
        }
        List<String> lines = new ArrayList<>(text.lines());
        int left = table.rows().size() - shown;
        if (left > 0) {
            lines.add("... and " + left + " more");
        }
        return lines;
    }

    private static TextTable.Box header(Section.Table table, int column) {
        Section.Column of = table.columns().get(column);
        boolean words =
                table.rows().stream().allMatch(row -> isWords(row.get(column)) || row.get(column) instanceof Cell.None);
        String name = of.best() == Section.Best.NONE ? of.header() : of.header() + " ";
        return words ? TextTable.Box.left(name) : TextTable.Box.right(name, false);
    }

    private static boolean isWords(Cell cell) {
        return cell instanceof Cell.Text
                || cell instanceof Cell.Noted
                || cell instanceof Cell.Words
                || cell instanceof Cell.Answer;
    }

    private static TextTable.Box box(Cell cell, Section.Column column, OptionalDouble best) {
        if (isWords(cell)) {
            return TextTable.Box.left(cell.text());
        }
        if (column.best() == Section.Best.NONE) {
            return TextTable.Box.right(cell.text(), false);
        }
        boolean isBest =
                best.isPresent() && cell.order().isPresent() && cell.order().getAsDouble() == best.getAsDouble();
        return TextTable.Box.right(cell.text() + (isBest ? "*" : " "), isBest);
    }

    private static OptionalDouble best(Section.Table table, Section.Column column) {
        int index = table.columns().indexOf(column);
        List<OptionalDouble> values =
                table.rows().stream().map(row -> row.get(index).order()).toList();
        return switch (column.best()) {
            case NONE -> OptionalDouble.empty();
            case LOWEST ->
                values.stream().flatMapToDouble(OptionalDouble::stream).min();
            case HIGHEST ->
                values.stream().flatMapToDouble(OptionalDouble::stream).max();
        };
    }
}
