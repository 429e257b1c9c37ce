package org.metafusion.training.network;

import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
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

    /** Stacks of a list of blocks that each student has alike. */
    List<Tensor> all(Members members, Function<StudentParameters, List<Block>> choice) {
        return views(parameters, members, choice);
    }

    /** Their gradients; none where nothing is trained. */
    List<Tensor> gradientsOfAll(Members members, Function<StudentParameters, List<Block>> choice) {
        return gradients == null ? List.of() : views(gradients, members, choice);
    }

    private List<Tensor> views(Tensor flat, Members members, Function<StudentParameters, List<Block>> choice) {
        int blocks = choice.apply(layout.copy(members.student(0))).size();
        return IntStream.range(0, blocks)
                .mapToObj(i -> view(flat, members, p -> choice.apply(p).get(i)))
                .toList();
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
