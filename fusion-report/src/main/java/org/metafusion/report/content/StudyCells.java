package org.metafusion.report.content;

import java.util.List;
import java.util.stream.IntStream;
import org.metafusion.ensemble.study.StudyColumn;
import org.metafusion.ensemble.study.StudyTable;
import org.metafusion.ensemble.study.StudyValue;
import org.metafusion.report.chart.DataTable;
import org.metafusion.report.words.Figures;
import org.metafusion.report.words.Spread;

/** The values of a study's table as numbers and as text. */
final class StudyCells {

    private StudyCells() {}

    /** All of them as text. */
    static DataTable table(StudyTable table) {
        List<StudyColumn> columns = table.columns();
        return new DataTable(
                columns.stream().map(StudyColumn::label).toList(),
                table.rows().stream()
                        .map(row -> IntStream.range(0, row.size())
                                .mapToObj(c -> text(row.get(c), columns.get(c)))
                                .toList())
                        .toList());
    }

    /** As people read it: what was set without needless zeros, measurements as mean and standard deviation. */
    static String text(StudyValue value, StudyColumn column) {
        if (value instanceof StudyValue.Words words) {
            return words.text();
        }
        if (value instanceof StudyValue.Count count) {
            return String.valueOf(count.count());
        }
        if (value instanceof StudyValue.Figure figure) {
            return style(column).show(figure.value());
        }
        return spread(value).text(style(column));
    }

    private static Figures.Style style(StudyColumn column) {
        return switch (column.kind()) {
            case SETTING, COMPARED, RUN -> Figures.Style.SHORTEST;
            case FIGURE -> Figures.Style.PLAIN;
            case PERCENT -> Figures.Style.PERCENT;
        };
    }

    static boolean isNumber(StudyValue value) {
        return !(value instanceof StudyValue.Words);
    }

    /** One number, or one a repetition. */
    static Spread spread(StudyValue value) {
        if (value instanceof StudyValue.Repeated repeated) {
            return new Spread(repeated.values());
        }
        if (value instanceof StudyValue.Figure figure) {
            return new Spread(List.of(figure.value()));
        }
        if (value instanceof StudyValue.Count count) {
            return new Spread(List.of((double) count.count()));
        }
        throw new IllegalArgumentException("A number was expected but got " + value);
    }
}
