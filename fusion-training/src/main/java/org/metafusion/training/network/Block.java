package org.metafusion.training.network;

/**
 * One matrix of a student's parameters inside the flat buffer.
 *
 * @param offset of its first element
 * @param fanIn the layer's number of inputs, which its initial scale depends on
 */
public record Block(int offset, int rows, int cols, int fanIn) {

    public int size() {
        return rows * cols;
    }
}
