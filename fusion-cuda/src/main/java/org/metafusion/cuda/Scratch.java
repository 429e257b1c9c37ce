package org.metafusion.cuda;

import java.util.ArrayList;
import java.util.List;
import org.metafusion.core.tensor.Members;

/** Tensors for intermediate results of one kind, kept for the last few shapes: full batches, the last one, validation. */
final class Scratch {

    private static final int MOST = 8;

    private record Held(CudaArena arena, CudaTensor tensor) {}

    private final CudaBackend backend;
    private final String purpose;
    private final List<Held> kept = new ArrayList<>();

    Scratch(CudaBackend backend, String purpose) {
        this.backend = backend;
        this.purpose = purpose;
    }

    /** A tensor of this shape with any contents; zeros when first asked for. */
    CudaTensor of(Members members, int rows, int cols) {
        for (int i = 0; i < kept.size(); i++) {
            Held held = kept.get(i);
            CudaTensor tensor = held.tensor;
            if (tensor.rows() == rows
                    && tensor.cols() == cols
                    && tensor.members().equals(members)) {
                kept.remove(i);
                kept.add(held);
                return tensor;
            }
        }
        if (kept.size() == MOST) {
            kept.remove(0).arena.close();
        }
        CudaArena arena = backend.scratchArena(purpose);
        CudaTensor tensor = arena.zeros(members, rows, cols);
        kept.add(new Held(arena, tensor));
        return tensor;
    }

    /** A shared row of so many floats. */
    CudaTensor floats(long count) {
        return of(Members.SHARED, 1, Math.toIntExact(count));
    }
}
