package org.metafusion.training.network;

import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.metafusion.core.representation.AffineMap;
import org.metafusion.core.representation.EncoderLayers;

/**
 * Where one student's parameters lie in the flat buffer: one contiguous part, in the order encoders (by modality), the
 * fusion operator's own, the weight blocks of the head's first layer (by term; together the weights {@code [sum of widths, width]} of the
 * concatenated terms), its bias, then weights and bias of each further layer. Weights are {@code [in, width]}.
 *
 * @param modalities those the student uses, ascending
 * @param encoders the layers of the trained encoders by modality
 * @param operator the fusion operator's blocks, in its order
 * @param terms the first layer's weight blocks
 * @param firstBias the first layer's bias
 * @param layers the layers after the first
 */
record StudentParameters(
        int offset,
        int size,
        int[] modalities,
        SortedMap<Integer, List<Layer>> encoders,
        List<Block> operator,
        List<Block> terms,
        Block firstBias,
        List<Layer> layers) {

    /** A dense layer. */
    record Layer(Block weight, Block bias) {}

    /** Whether the student is linear in its fused inputs: one layer, and nothing learned before it. */
    boolean isLinear() {
        return layers.isEmpty() && operator.isEmpty() && encoders.isEmpty();
    }

    /** The layers of the trained encoder of a modality. */
    List<Layer> encoder(int modality) {
        return Objects.requireNonNull(encoders.get(modality));
    }

    private Stream<Block> blocks() {
        return Stream.of(
                        encoders.values().stream().flatMap(List::stream).flatMap(l -> Stream.of(l.weight(), l.bias())),
                        operator.stream(),
                        terms.stream(),
                        Stream.of(firstBias),
                        layers.stream().flatMap(l -> Stream.of(l.weight(), l.bias())))
                .flatMap(s -> s);
    }

    /** Draws the initial values of each block into the flat buffer. */
    void initialise(float[] flat, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        blocks().forEach(block -> {
            double centre = block.initial().centre();
            double spread = block.initial().spread();
            for (int i = 0; i < block.size(); i++) {
                flat[block.offset() + i] = (float) (centre + (2 * random.nextDouble() - 1) * spread);
            }
        });
    }

    /** Writes the layers of an encoder into those of a student's that has its form. */
    static void fill(float[] flat, List<Layer> layers, EncoderLayers encoder) {
        for (int l = 0; l < layers.size(); l++) {
            AffineMap map = encoder.layers().get(l);
            fill(flat, layers.get(l).weight(), map.weights());
            fill(flat, layers.get(l).bias(), map.bias());
        }
    }

    private static void fill(float[] flat, Block block, float[] values) {
        System.arraycopy(values, 0, flat, block.offset(), block.size());
    }
}
