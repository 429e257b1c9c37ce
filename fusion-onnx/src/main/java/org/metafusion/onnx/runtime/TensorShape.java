package org.metafusion.onnx.runtime;

import java.util.Arrays;

/**
 * The shape of an input or output as its graph declares it.
 *
 * @param extents the first counts rows; -1 where the graph leaves it open
 */
public record TensorShape(long... extents) {

    /** Whether all extents but the first are known, so that a row has a width. */
    public boolean hasWidth() {
        return extents.length > 1 && Arrays.stream(extents).skip(1).allMatch(extent -> extent > 0);
    }

    /** The number of values of a row. */
    public int width() {
        return Math.toIntExact(Arrays.stream(extents).skip(1).reduce(1, Math::multiplyExact));
    }

    /** The most rows at a time; the declared number where there is one. */
    int rowsAtOnce(int wanted) {
        return extents[0] > 0 ? Math.toIntExact(extents[0]) : wanted;
    }

    /** The extents of so many rows. */
    long[] of(int rows) {
        long[] all = extents.clone();
        all[0] = rows;
        return all;
    }

    @Override
    public String toString() {
        return Arrays.toString(extents);
    }
}
