package org.metafusion.core.rows;

import java.nio.FloatBuffer;

/**
 * Rows in a file that is mapped into memory, outside the heap: the system keeps as much of it in memory as there is room
 * for. Segments of whole rows, since a mapping holds 2 GB at most. The file has no name any more and is gone when nobody
 * refers to these rows, or when the program ends; see {@link RowFile}.
 */
final class FileRows implements RowValues {

    private final FloatBuffer[] segments;
    private final int rowsPerSegment;
    private final int rows;
    private final int width;

    /** @param rowsPerSegment of all segments but the last */
    FileRows(FloatBuffer[] segments, int rowsPerSegment, int rows, int width) {
        this.segments = segments;
        this.rowsPerSegment = rowsPerSegment;
        this.rows = rows;
        this.width = width;
    }

    @Override
    public int rows() {
        return rows;
    }

    @Override
    public int width() {
        return width;
    }

    @Override
    public void copy(int row, int count, float[] to, int at) {
        if (row < 0 || count > rows - row) {
            throw new IndexOutOfBoundsException(count + " rows from " + row + " on are not among " + rows);
        }
        int end = row + count;
        for (int i = row; i < end; ) {
            int first = i % rowsPerSegment;
            int here = Math.min(end - i, rowsPerSegment - first);
            segments[i / rowsPerSegment].get(first * width, to, at + (i - row) * width, here * width);
            i += here;
        }
    }
}
