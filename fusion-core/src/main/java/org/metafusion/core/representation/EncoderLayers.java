package org.metafusion.core.representation;

import java.util.List;

/**
 * A dense encoder: layers with ReLU after all but the last.
 *
 * @param layers one or more, each as wide as the next one's input; the first reads the standardised features
 * @param unitLength as in {@link EncoderForm}
 */
public record EncoderLayers(List<AffineMap> layers, boolean unitLength) {

    public EncoderLayers {
        layers = List.copyOf(layers);
    }

    public EncoderForm form() {
        return new EncoderForm(layers.stream().map(AffineMap::outputs).toList(), unitLength);
    }

    /** The number of features it reads. */
    public int inputs() {
        return layers.get(0).inputs();
    }
}
