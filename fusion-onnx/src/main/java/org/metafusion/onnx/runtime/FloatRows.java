package org.metafusion.onnx.runtime;

/**
 * Rows of float32 values.
 *
 * @param values {@code [rows, width]} row-major
 */
public record FloatRows(float[] values, int rows) {

    public FloatRows {
        if (rows < 1 || values.length % rows != 0) {
            throw new IllegalArgumentException(values.length + " values are not " + rows + " rows of one width");
        }
    }

    /** The number of values of a row. */
    public int width() {
        return values.length / rows;
    }
}
