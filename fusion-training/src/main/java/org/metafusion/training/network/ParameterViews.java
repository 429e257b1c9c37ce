package org.metafusion.training.network;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.metafusion.core.tensor.Members;
import org.metafusion.core.tensor.Tensor;
import org.metafusion.core.tensor.TensorArena;

/**
 * Stacks of blocks of the flat parameters and gradients.
 *
 * @param arena owner of both
 * @param gradients null where nothing is trained
 */
record ParameterViews(
        TensorArena arena, Tensor parameters, @Nullable Tensor gradients, CohortLayout layout) {

    /** Which block of a student. */
    interface Choice extends Function<StudentParameters, Block> {}

    Tensor of(Members members, Choice choice) {
        return view(parameters, members, choice);
    }

    @Nullable
    Tensor gradientOf(Members members, Choice choice) {
        return gradients == null ? null : view(gradients, members, choice);
    }

    private Tensor view(Tensor flat, Members members, Choice choice) {
        List<Block> blocks =
                members.students().mapToObj(s -> choice.apply(layout.copy(s))).toList();
        Block first = blocks.get(0);
        if (blocks.stream().anyMatch(b -> b.rows() != first.rows() || b.cols() != first.cols())) {
            throw new IllegalStateException("Students " + members + " are grouped but differ in shape");
        }
        int[] offsets = blocks.stream().mapToInt(Block::offset).toArray();
        return arena.view(flat, offsets, members, first.rows(), first.cols());
    }
}
