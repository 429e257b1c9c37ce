package org.metafusion.training.representation;

import org.metafusion.core.representation.FittedExtractor;
import org.metafusion.core.rows.HeapRows;
import org.metafusion.core.rows.RowFile;
import org.metafusion.core.rows.RowValues;

/**
 * Computes a frozen representation of many rows, block by block, the same blocks wherever the rows lie. What it gives lies
 * in the heap, or, where the rows do not and it is large, in a temporary file as well.
 *
 * @param label of the representation
 */
record RowExtraction(String label, FittedExtractor extractor) {

    private static final int BLOCK = 4096;
    private static final long MOST_HEAP_VALUES = 1L << 25;

    RowValues of(RowValues standardised) {
        return of(standardised, MOST_HEAP_VALUES);
    }

    /** @param mostHeapValues that may lie in the heap where the rows do not */
    RowValues of(RowValues standardised, long mostHeapValues) {
        int rows = standardised.rows();
        int width = extractor.width();
        boolean inHeap = standardised.array().isPresent() || (long) rows * width <= mostHeapValues;
        return inHeap ? toHeap(standardised, rows, width) : toFile(standardised, rows, width);
    }

    private RowValues toHeap(RowValues standardised, int rows, int width) {
        float[] features = HeapRows.room("Representation '" + label + "'", rows, width);
        blocks(
                standardised,
                (first, count, block) -> System.arraycopy(block, 0, features, first * width, count * width));
        return new HeapRows(features, rows, width);
    }

    private RowValues toFile(RowValues standardised, int rows, int width) {
        try (RowFile file = RowFile.create(rows, width)) {
            blocks(standardised, (first, count, block) -> file.append(block, count));
            return file.rows();
        }
    }

    private interface Block {
        void extracted(int first, int count, float[] features);
    }

    private void blocks(RowValues standardised, Block taker) {
        int width = standardised.width();
        for (int first = 0; first < standardised.rows(); first += BLOCK) {
            int count = Math.min(BLOCK, standardised.rows() - first);
            float[] values = new float[count * width];
            standardised.copy(first, count, values, 0);
            float[] features = extractor.apply(values, count);
            if (features.length != count * extractor.width()) {
                throw new IllegalStateException("Representation '" + label + "' of " + count + " rows must have "
                        + count + " x " + extractor.width() + " values but its extractor gave " + features.length);
            }
            taker.extracted(first, count, features);
        }
    }
}
