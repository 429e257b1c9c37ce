package org.metafusion.core.fusion;

import java.util.ArrayList;
import java.util.List;
import org.metafusion.core.tensor.Tensor;

/**
 * An operator whose one term, {@code [n, width]}, is a blend of trained affine maps of the representations. The
 * representations may differ in width.
 */
abstract class ProjectedFusion implements FusionOperator {

    /** The width of the term unless another is asked for. */
    static final int USUAL_WIDTH = OperatorSizes.USUAL.width();

    private final String name;
    private final int width;

    ProjectedFusion(String family, int width) {
        this(family, width, "");
    }

    /**
     * With a further size.
     *
     * @param furtherSize as it follows the width in the name, such as {@code x8}; empty for the usual one
     */
    ProjectedFusion(String family, int width, String furtherSize) {
        if (width < 1) {
            throw new IllegalArgumentException("The width of " + family + " fusion must be 1 or more but is " + width);
        }
        this.name = width == USUAL_WIDTH && furtherSize.isEmpty() ? family : family + width + furtherSize;
        this.width = width;
    }

    /** How the maps' values become the term, and back. */
    interface Blend {

        /** Queues the term of the maps' values, which it may change; one that starts the term is in it already. */
        void forward(List<Tensor> values, Tensor term);

        /**
         * Queues the gradients of the maps' values; that of one that starts the term is {@code dTerm} itself.
         *
         * @param values as the forward pass left them
         */
        void backward(List<Tensor> dValues, Tensor dTerm, List<Tensor> values);
    }

    /**
     * {@link Blend#forward} of one row; there may be more behind the maps' values. That of a map whose only source is
     * missing has length 0.
     */
    interface RowBlend {
        void blend(float[][] values, float[] term);
    }

    /** The maps for representations of the given widths. */
    abstract List<InputMap> maps(List<Integer> widths);

    /** The blend of a batch. */
    abstract Blend blend(FusionBinding binding);

    /** The blend of a row of {@code inputs} representations. */
    abstract RowBlend rowBlend(int inputs);

    final int width() {
        return width;
    }

    @Override
    public final String name() {
        return name;
    }

    @Override
    public final List<Integer> termWidths(List<Integer> widths) {
        return List.of(width);
    }

    /** Map by map: the weights of each source, then the bias. */
    @Override
    public final List<ParameterBlock> parameters(List<Integer> widths) {
        List<ParameterBlock> blocks = new ArrayList<>();
        for (InputMap map : maps(widths)) {
            for (int i = 0; i < map.sources().size(); i++) {
                int rows = widths.get(map.sources().get(i));
                blocks.add(new ParameterBlock(rows, map.width(), map.weights().get(i)));
            }
            blocks.add(new ParameterBlock(1, map.width(), map.bias()));
        }
        return blocks;
    }

    @Override
    public final FusionPass bind(FusionBinding binding) {
        List<Integer> widths = binding.inputs().stream().map(Tensor::cols).toList();
        return new ProjectedPass(binding, maps(widths), width, blend(binding));
    }

    @Override
    public final RowFusion onRows(List<Integer> widths, List<float[]> parameters) {
        return new ProjectedRow(maps(widths), widths, parameters, rowBlend(widths.size()));
    }
}
