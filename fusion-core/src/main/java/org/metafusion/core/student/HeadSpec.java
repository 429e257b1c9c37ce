package org.metafusion.core.student;

import java.util.List;

/**
 * The layers after fusion: dense with ReLU for each hidden width, then dense to the outputs.
 *
 * @param hidden widths in order; empty for a linear head
 */
public record HeadSpec(List<Integer> hidden) {

    public static final HeadSpec LINEAR = new HeadSpec(List.of());

    public HeadSpec {
        hidden = List.copyOf(hidden);
        for (int width : hidden) {
            if (width < 1) {
                throw new IllegalArgumentException("A hidden width must be 1 or more but got " + hidden);
            }
        }
    }

    public static HeadSpec of(Integer... hidden) {
        return new HeadSpec(List.of(hidden));
    }
}
