package org.metafusion.sql;

import java.util.BitSet;

/**
 * Where a row of the table goes: into one of two parts, at a place there.
 *
 * @param first the number of the first row
 * @param train the rows of part 0, counted from the first; the others are part 1
 * @param index the place of each row in its part
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record RowPlaces(int first, BitSet train, int[] index, int trainRows) {

    /** {@code rows} rows from {@code first} on, some of which are train rows by their numbers in the table. */
    static RowPlaces split(BitSet train, int first, int rows) {
        BitSet own = train.get(first, first + rows);
        int[] index = new int[rows];
        int[] next = new int[2];
        for (int row = 0; row < rows; row++) {
            index[row] = next[own.get(row) ? 0 : 1]++;
        }
        return new RowPlaces(first, own, index, next[0]);
    }

    /** Rows that all go into part 0, in their order. */
    static RowPlaces block(int first, int rows) {
        BitSet all = new BitSet();
        all.set(first, first + rows);
        return split(all, first, rows);
    }

    int rows() {
        return index.length;
    }

    int part(int row) {
        return train.get(row - first) ? 0 : 1;
    }

    int place(int row) {
        return index[row - first];
    }

    int rowsOf(int part) {
        return part == 0 ? trainRows : rows() - trainRows;
    }
}
