package org.metafusion.cli.report;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.metafusion.report.words.Figures;

/**
 * A table as CSV, UTF-8: the columns' names in JSON as header, numbers not rounded, an empty cell where there is nothing
 * or it could not be measured; several words or values in one cell are separated by blanks.
 */
public final class CsvTable {

    private CsvTable() {}

    /** Writes to a stream, which stays open. */
    public static void write(Section.Table table, OutputStream out) throws IOException {
        Writer text = new OutputStreamWriter(out, StandardCharsets.UTF_8);
        CsvWriter csv = CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(text);
        csv.writeRecord(table.columns().stream().map(Section.Column::key).toList());
        for (List<Cell> row : table.rows()) {
            csv.writeRecord(row.stream().map(CsvTable::text).toList());
        }
        csv.flush();
        text.flush();
    }

    private static String text(Cell cell) {
        if (cell instanceof Cell.Number number) {
            return number(number.value());
        }
        if (cell instanceof Cell.Spread spread) {
            return String.join(
                    " ", spread.values().stream().map(CsvTable::number).toList());
        }
        if (cell instanceof Cell.Words words) {
            return String.join(" ", words.words());
        }
        if (cell instanceof Cell.Noted noted) {
            return noted.words();
        }
        if (cell instanceof Cell.Mark mark) {
            return Boolean.toString(mark.set());
        }
        if (cell instanceof Cell.Answer answer) {
            return Boolean.toString(answer.yes());
        }
        return cell instanceof Cell.None ? "" : cell.text();
    }

    private static String number(double value) {
        return Double.isFinite(value) ? Figures.shortest(value) : "";
    }
}
