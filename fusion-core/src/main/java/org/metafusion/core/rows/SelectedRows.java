package org.metafusion.core.rows;

/** Some rows of others by their numbers, none copied. */
final class SelectedRows implements RowValues {

    private final RowValues from;
    private final int[] numbers;

    private SelectedRows(RowValues from, int[] numbers) {
        this.from = from;
        this.numbers = numbers;
    }

    /** A choice of a choice refers to the rows it is of, so that views do not pile up. */
    static RowValues of(RowValues from, int[] selected) {
        int[] numbers = selected.clone();
        if (from instanceof SelectedRows chosen) {
            for (int i = 0; i < numbers.length; i++) {
                numbers[i] = chosen.numbers[numbers[i]];
            }
            return new SelectedRows(chosen.from, numbers);
        }
        return new SelectedRows(from, numbers);
    }

    @Override
    public int rows() {
        return numbers.length;
    }

    @Override
    public int width() {
        return from.width();
    }

    /** Rows that follow each other there are read at once. */
    @Override
    public void copy(int row, int count, float[] to, int at) {
        int end = row + count;
        for (int i = row; i < end; ) {
            int next = i + 1;
            while (next < end && numbers[next] == numbers[next - 1] + 1) {
                next++;
            }
            from.copy(numbers[i], next - i, to, at + (i - row) * width());
            i = next;
        }
    }
}
