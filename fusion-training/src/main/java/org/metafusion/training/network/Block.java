package org.metafusion.training.network;

import org.metafusion.core.fusion.InitialValues;

/**
 * One matrix of a student's parameters inside the flat buffer.
 *
 * @param offset of its first element
 */
public record Block(int offset, int rows, int cols, InitialValues initial) {

    public int size() {
        return rows * cols;
    }
}
