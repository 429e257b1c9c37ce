package org.metafusion.core.fusion;

import java.util.List;

/**
 * How the representations of a student's modalities become the input of its head. An operator without parameters; it is
 * composed of a backend's {@link org.metafusion.core.tensor.FusionKernels}.
 */
public interface FusionOperator {

    /** The name students refer to it by. */
    String name();

    /**
     * The width of the fused representation.
     *
     * @throws org.metafusion.core.FusionException if representations of these widths cannot be fused by it, saying why
     */
    int width(List<Integer> widths);
}
