package org.metafusion.training.representation;

import java.util.Arrays;
import org.metafusion.core.rows.RowValues;

/**
 * A representation of many rows, of which some are told otherwise.
 *
 * @param others all rows
 * @param numbers of the rows told otherwise, ascending
 * @param own what is told of these, one after the other
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record OutOfBagRows(RowValues others, int[] numbers, float[] own) implements RowValues {

    @Override
    public int rows() {
        return others.rows();
    }

    @Override
    public int width() {
        return others.width();
    }

    @Override
    public void copy(int row, int count, float[] to, int at) {
        int width = width();
        others.copy(row, count, to, at);
        int found = Arrays.binarySearch(numbers, row);
        int next = found < 0 ? -1 - found : found;
        for (; next < numbers.length && numbers[next] < row + count; next++) {
            System.arraycopy(own, next * width, to, at + (numbers[next] - row) * width, width);
        }
    }
}
