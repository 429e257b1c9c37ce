package org.metafusion.cuda;

import java.util.ArrayList;
import java.util.List;
import org.metafusion.core.tensor.Members;

/**
 * Tensors for intermediate results of one kind, kept for the shapes of the last steps: full batches, the last one,
 * validation, and those of each group of students. What a step asks for again must still be there in the next one, or
 * every step would free and allocate, wait for it, and never become a graph.
 */
final class Scratch {

    /** Kept whatever their size. */
    private static final int FEW = 8;

    /** More are never kept. */
    private static final int MOST = 64;

    /** Beyond the few, they are kept as long as all together have no more floats than this (1 GiB). */
    private static final long MOST_FLOATS = 1L << 28;

    private record Held(CudaArena arena, CudaTensor tensor, long floats) {}

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
        long floats = (long) members.count() * rows * cols;
        while (kept.size() >= MOST || (kept.size() >= FEW && floats + keptFloats() > MOST_FLOATS)) {
            kept.remove(0).arena.close();
        }
        CudaArena arena = backend.scratchArena(purpose);
        CudaTensor tensor = arena.zeros(members, rows, cols);
        kept.add(new Held(arena, tensor, floats));
        return tensor;
    }

    private long keptFloats() {
        return kept.stream().mapToLong(Held::floats).sum();
    }

    /** A shared row of so many floats. */
    CudaTensor floats(long count) {
        return of(Members.SHARED, 1, Math.toIntExact(count));
    }
}
