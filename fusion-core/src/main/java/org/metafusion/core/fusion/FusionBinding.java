package org.metafusion.core.fusion;

import java.util.List;
import org.metafusion.core.tensor.Members;
import org.metafusion.core.tensor.Tensor;
import org.metafusion.core.tensor.TensorArena;
import org.metafusion.core.tensor.TensorBackend;

/**
 * What a fusion operator is bound to.
 *
 * @param arena owns what the pass writes
 * @param members the students it is computed for
 * @param inputs the representations {@code [n, width]}, two or more, each shared or covering the members
 * @param trained whether the gradients of the inputs will be asked for
 */
public record FusionBinding(
        TensorBackend backend, TensorArena arena, Members members, List<Tensor> inputs, boolean trained) {

    public FusionBinding {
        inputs = List.copyOf(inputs);
    }

    /** Whose matrices a function of the inputs has: one for all students if every input is shared. */
    Members fusedMembers() {
        return inputs.stream().allMatch(input -> input.members().isShared()) ? Members.SHARED : members;
    }

    /** The number of rows of a batch. */
    int rows() {
        return inputs.get(0).rows();
    }
}
