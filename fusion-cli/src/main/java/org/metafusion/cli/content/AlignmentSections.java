package org.metafusion.cli.content;

import java.util.ArrayList;
import java.util.List;
import org.metafusion.cli.report.Cell;
import org.metafusion.cli.report.Section;
import org.metafusion.cli.report.Section.Best;
import org.metafusion.cli.report.Section.Column;
import org.metafusion.training.alignment.Retrieval;

/**
 * How well rows of one modality find themselves in another.
 *
 * @param canonical by canonical correlation
 * @param contrastive after contrastive alignment, of the same pairs of modalities in the same order
 * @param width of the embeddings
 */
public record AlignmentSections(List<Retrieval> canonical, List<Retrieval> contrastive, int width) {

    public List<Section> all() {
        return List.of(table(), conclusion());
    }

    private Section table() {
        List<Column> columns = new ArrayList<>(List.of(
                Column.of("from", "from"),
                Column.of("to", "to"),
                Column.of("method", "by"),
                Column.of("rows", "rows")));
        Retrieval first = contrastive.get(0);
        first.recall().keySet().forEach(k -> columns.add(Column.of("recallAt" + k, "recall@" + k + " %")));
        columns.add(new Column("medianRank", "median rank", Best.NONE));
        List<List<Cell>> rows = new ArrayList<>();
        for (int i = 0; i < contrastive.size(); i++) {
            Retrieval after = contrastive.get(i);
            rows.add(row("guessing", Retrieval.chance(after.from(), after.to(), after.rows())));
            rows.add(row("canonical correlation", canonical.get(i)));
            rows.add(row("contrastive alignment", after));
        }
        return new Section.Table("retrieval", "Test rows that find themselves", columns, rows);
    }

    private static List<Cell> row(String method, Retrieval retrieval) {
        List<Cell> cells = new ArrayList<>(List.of(
                Cell.of(retrieval.from()), Cell.of(retrieval.to()), Cell.of(method), Cell.of(retrieval.rows())));
        retrieval.recall().values().forEach(recall -> cells.add(Cell.percent(recall)));
        cells.add(Cell.shortest(retrieval.medianRank()));
        return cells;
    }

    private Section conclusion() {
        double guessed = 0;
        double before = 0;
        double after = 0;
        for (int i = 0; i < contrastive.size(); i++) {
            Retrieval retrieval = contrastive.get(i);
            guessed += tenth(Retrieval.chance(retrieval.from(), retrieval.to(), retrieval.rows()));
            before += tenth(canonical.get(i));
            after += tenth(retrieval);
        }
        int pairs = contrastive.size();
        return new Section.Lines(
                "conclusion",
                "",
                List.of(String.format(
                        java.util.Locale.ROOT,
                        "Embeddings of %d: among the 10 nearest %.1f %% of the rows find themselves, by canonical correlation"
                                + " %.1f %%, by guessing %.1f %% (mean of %d directions)",
                        width,
                        100 * after / pairs,
                        100 * before / pairs,
                        100 * guessed / pairs,
                        pairs)));
    }

    private static double tenth(Retrieval retrieval) {
        return retrieval.recall().getOrDefault(10, Double.NaN);
    }
}
