package org.metafusion.report.chart;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A matrix of values by colour.
 *
 * @param x what its columns are
 * @param y what its rows are
 * @param value what its values are
 * @param isStrongHigh whether high values have the strong colour; else low ones
 * @param matrix row by row; NaN where there is none
 */
public record HeatMap(String x, String y, String value, boolean isStrongHigh, Matrix matrix) implements Chart {

    /**
     * Values with names.
     *
     * @param values {@code [rows][columns]}
     */
    public record Matrix(List<String> rows, List<String> columns, double[][] values) {
        public Matrix {
            rows = List.copyOf(rows);
            columns = List.copyOf(columns);
            int width = columns.size();
            if (values.length != rows.size() || Arrays.stream(values).anyMatch(row -> row.length != width)) {
                throw new IllegalArgumentException(
                        "A matrix needs " + rows.size() + " rows of " + width + " values, one a name");
            }
        }
    }

    @Override
    public DataTable table() {
        List<String> headers = new ArrayList<>(List.of(y + " \\ " + x));
        headers.addAll(matrix.columns());
        List<List<String>> rows = new ArrayList<>();
        for (int r = 0; r < matrix.rows().size(); r++) {
            List<String> row = new ArrayList<>(List.of(matrix.rows().get(r)));
            for (double v : matrix.values()[r]) {
                row.add(shown(v));
            }
            rows.add(row);
        }
        return new DataTable(headers, rows);
    }

    /** Whole numbers as such. */
    static String shown(double value) {
        return Axis.close("").show(value);
    }

    @Override
    public boolean isEmpty() {
        return Arrays.stream(matrix.values()).flatMapToDouble(Arrays::stream).noneMatch(Double::isFinite);
    }
}
