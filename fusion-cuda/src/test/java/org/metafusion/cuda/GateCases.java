package org.metafusion.cuda;

import java.util.function.Consumer;
import org.metafusion.core.tensor.Activation;
import org.metafusion.core.tensor.Members;
import org.metafusion.core.tensor.Tensor;
import org.metafusion.core.tensor.TensorArena;

/** Gates and the activations of gates with operands of {@code [rows, width]} a student, to be timed. */
record GateCases(CudaBackend backend, Members members, int rows, int width) {

    private static final int BLOCKS = 4;

    private long area() {
        return (long) members.count() * rows * width;
    }

    void each(Consumer<KernelTimes.Timed> timed) {
        try (TensorArena arena = backend.openArena("gates")) {
            Tensor y = arena.zeros(members, rows, width);
            Tensor x = arena.zeros(members, rows, width);
            activations(timed, y, x);
            var gates = backend.gates();
            Tensor narrow = arena.zeros(members, rows, width / BLOCKS);
            Tensor numbers = arena.zeros(members, rows, 2);
            timed(timed, "gate", 8 * area() + area(), () -> gates.gate(y, narrow, x));
            timed(timed, "add_gated", 8 * area() + 2 * area(), () -> gates.addGated(narrow, y, x));
            timed(timed, "gate_rows", 8 * area(), () -> gates.gateRows(y, x, numbers, 1));
            timed(timed, "gate_rows_backward", 8 * area(), () -> gates.gateRowsBackward(numbers, 1, y, x));
        }
    }

    private void activations(Consumer<KernelTimes.Timed> timed, Tensor y, Tensor x) {
        var dense = backend.dense();
        timed(timed, "sigmoid", 8 * area(), () -> dense.activate(y, Activation.SIGMOID));
        timed(timed, "sigmoid_backward", 12 * area(), () -> dense.activateBackward(y, x, Activation.SIGMOID));
        timed(timed, "inverse_root", 8 * area(), () -> dense.activate(y, Activation.INVERSE_ROOT));
        timed(timed, "inverse_root_backward", 12 * area(), () -> dense.activateBackward(y, x, Activation.INVERSE_ROOT));
        timed(timed, "softmax", 8 * area(), () -> dense.activate(y, Activation.SOFTMAX));
        timed(timed, "softmax_backward", 12 * area(), () -> dense.activateBackward(y, x, Activation.SOFTMAX));
    }

    private static void timed(Consumer<KernelTimes.Timed> timed, String name, long bytes, Runnable call) {
        timed.accept(new KernelTimes.Timed(name, bytes, call));
    }
}
