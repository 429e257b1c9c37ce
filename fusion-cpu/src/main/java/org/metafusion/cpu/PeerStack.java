package org.metafusion.cpu;

import java.util.ArrayList;
import java.util.List;
import org.metafusion.core.tensor.Members;
import org.metafusion.core.tensor.checked.CheckedArena;

/**
 * What the mutual loss of a cohort keeps between its two parts, for outputs {@code [n, k]}.
 *
 * @param peers {@code [n, k + 2]} a student: its probabilities, its weight and its {@code sum p log p}, all times the
 *     weight, so that one weighted sum over students gives a row's mixture, weight and entropy
 * @param logs {@code [n, k]} a student: its log-probabilities
 */
record PeerStack(CpuTensor peers, CpuTensor logs) {

    /** The stacks of the last few shapes: a full batch, the last batch of an epoch, validation. */
    static final class Cache {

        private static final int MOST = 8;

        private final CpuBackend backend;
        private final List<PeerStack> stacks = new ArrayList<>();

        Cache(CpuBackend backend) {
            this.backend = backend;
        }

        PeerStack of(Members members, int rows, int cols) {
            for (int i = 0; i < stacks.size(); i++) {
                PeerStack stack = stacks.get(i);
                CpuTensor logs = stack.logs;
                if (logs.rows() == rows && logs.cols() == cols && logs.members().equals(members)) {
                    return stack;
                }
            }
            CheckedArena<CpuTensor> arena = backend.openArena("mutual loss");
            PeerStack stack = new PeerStack(arena.zeros(members, rows, cols + 2), arena.zeros(members, rows, cols));
            if (stacks.size() == MOST) {
                stacks.remove(0);
            }
            stacks.add(stack);
            return stack;
        }
    }
}
