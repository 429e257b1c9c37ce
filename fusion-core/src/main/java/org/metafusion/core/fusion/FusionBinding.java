package org.metafusion.core.fusion;

import java.util.List;
import java.util.Optional;
import java.util.Set;
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
 * @param trained the numbers of the inputs whose gradients will be asked for
 * @param parameters the operator's own
 * @param presence {@code [shared, n, inputs]}, for operators that fuse what is there: in each row one over the number of
 *     inputs that are there in the columns of these, 0 in the others; empty where all are there
 */
public record FusionBinding(
        TensorBackend backend,
        TensorArena arena,
        Members members,
        List<Tensor> inputs,
        Set<Integer> trained,
        Parameters parameters,
        Optional<Tensor> presence) {

    /** With all inputs there in all rows. */
    public FusionBinding(
            TensorBackend backend,
            TensorArena arena,
            Members members,
            List<Tensor> inputs,
            Set<Integer> trained,
            Parameters parameters) {
        this(backend, arena, members, inputs, trained, parameters, Optional.empty());
    }

    /**
     * The operator's own parameters, as {@link FusionOperator#parameters} lists them, with the binding's members.
     *
     * @param gradients of the same shapes; empty where nothing is trained
     */
    public record Parameters(List<Tensor> values, List<Tensor> gradients) {

        /** Those of an operator that has none. */
        public static final Parameters NONE = new Parameters(List.of(), List.of());

        public Parameters {
            values = List.copyOf(values);
            gradients = List.copyOf(gradients);
        }
    }

    public FusionBinding {
        inputs = List.copyOf(inputs);
        trained = Set.copyOf(trained);
    }

    /** Whose matrices a function of the inputs has: one for all students if every input is shared. */
    Members fusedMembers() {
        return inputs.stream().allMatch(input -> input.members().isShared()) ? Members.SHARED : members;
    }

    /** The number of rows of a batch. */
    int rows() {
        return inputs.get(0).rows();
    }

    /** A matrix {@code [n, cols]} a member. */
    Tensor zeros(int cols) {
        return arena.zeros(members, rows(), cols);
    }
}
