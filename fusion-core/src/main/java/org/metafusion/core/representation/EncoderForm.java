package org.metafusion.core.representation;

import java.util.List;

/**
 * The form of a dense encoder: layers with ReLU after all but the last.
 *
 * @param widths outputs of each layer, one or more; the last is the encoder's own
 * @param unitLength whether each row is then scaled to length {@code sqrt(width)}, so that features have unit scale
 */
public record EncoderForm(List<Integer> widths, boolean unitLength) {

    public EncoderForm {
        widths = List.copyOf(widths);
        if (widths.isEmpty() || widths.stream().anyMatch(width -> width < 1)) {
            throw new IllegalArgumentException(
                    "An encoder has one layer or more, each of width 1 or more, but got " + widths);
        }
    }

    /** Of the representation it gives. */
    public int width() {
        return widths.get(widths.size() - 1);
    }
}
