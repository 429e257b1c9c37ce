package org.metafusion.training.network;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.metafusion.core.representation.AffineMap;
import org.metafusion.core.representation.EncoderLayers;
import org.metafusion.core.representation.Representation;
import org.metafusion.core.student.StudentSpec;
import org.metafusion.training.representation.InputKey;

/**
 * One copy of a trained student as matrices, in the order it computes with them: all that is needed to compute it elsewhere.
 *
 * @param sources what it reads, one a modality it uses, ascending
 * @param operator the fusion operator's own matrices, in its order; none where there is one source
 * @param terms the blocks of the head's first layer, one a term; with one source, the block that reads it
 * @param bias of the first layer
 * @param layers of the head after the first; ReLU comes before each
 */
public record TrainedCopy(
        StudentSpec spec,
        List<Source> sources,
        List<Matrix> operator,
        List<Matrix> terms,
        float[] bias,
        List<AffineMap> layers) {

    /**
     * A representation as the student sees it.
     *
     * @param key the frozen input it begins with
     * @param encoder the student's own encoder of that input, where it has one
     * @param width of the representation
     */
    public record Source(Representation representation, InputKey key, Optional<EncoderLayers> encoder, int width) {}

    /**
     * A weight matrix.
     *
     * @param values {@code [rows, cols]} row-major
     */
    public record Matrix(int rows, int cols, float[] values) {}

    /**
     * Copy {@code copy} of a layout.
     *
     * @param flat the parameters of all students of the layout
     */
    public static TrainedCopy of(CohortLayout layout, int copy, float[] flat) {
        StudentSpec spec = layout.spec(copy);
        StudentParameters places = layout.copy(copy);
        List<Source> sources = new ArrayList<>();
        for (int m : places.modalities()) {
            Representation representation = spec.representations().get(m);
            InputKey key = layout.input(copy, m);
            Optional<EncoderLayers> encoder = representation
                    .encoder()
                    .map(form -> new EncoderLayers(maps(places.encoder(m), flat), form.unitLength()));
            int width = encoder.map(own -> own.form().width()).orElseGet(() -> layout.inputWidth(key));
            sources.add(new Source(representation, key, encoder, width));
        }
        return new TrainedCopy(
                spec,
                sources,
                matrices(places.operator(), flat),
                matrices(places.terms(), flat),
                values(places.firstBias(), flat),
                maps(places.layers(), flat));
    }

    /** The head's first layer as one map of the terms side by side. */
    public AffineMap firstLayer() {
        float[] weights =
                new float[terms.stream().mapToInt(term -> term.values().length).sum()];
        int at = 0;
        for (Matrix term : terms) {
            System.arraycopy(term.values(), 0, weights, at, term.values().length);
            at += term.values().length;
        }
        return new AffineMap(weights, bias);
    }

    private static List<Matrix> matrices(List<Block> blocks, float[] flat) {
        return blocks.stream()
                .map(block -> new Matrix(block.rows(), block.cols(), values(block, flat)))
                .toList();
    }

    private static List<AffineMap> maps(List<StudentParameters.Layer> layers, float[] flat) {
        return layers.stream()
                .map(layer -> new AffineMap(values(layer.weight(), flat), values(layer.bias(), flat)))
                .toList();
    }

    private static float[] values(Block block, float[] flat) {
        return Arrays.copyOfRange(flat, block.offset(), block.offset() + block.size());
    }
}
