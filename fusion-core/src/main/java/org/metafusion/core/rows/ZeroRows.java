package org.metafusion.core.rows;

import java.util.Arrays;

/** Rows of nothing but zeros, which take no memory. */
public record ZeroRows(int rows, int width) implements RowValues {

    @Override
    public void copy(int row, int count, float[] to, int at) {
        Arrays.fill(to, at, at + count * width, 0f);
    }

    @Override
    public RowValues select(int[] selected) {
        return new ZeroRows(selected.length, width);
    }
}
