package org.metafusion.cuda;

import org.metafusion.core.tensor.Members;
import org.metafusion.core.tensor.checked.CheckedLossKernels;

/** The cohort's losses by {@code loss.cu}: a launch for the rows' weights, and one for losses and gradients of all. */
final class CudaLossKernels extends CheckedLossKernels<CudaCall> {

    private static final int MOST_BLOCKS_A_STUDENT = 4;

    private final CudaBackend backend;
    private final Launcher launcher;
    private final Scratch inverse;
    private final Scratch partial;
    private final Scratch spill;
    private final Scratch words;
    private final float[] faultBits = new float[1];
    private boolean labelled;
    private int classes;

    CudaLossKernels(CudaBackend backend, Launcher launcher) {
        this.backend = backend;
        this.launcher = launcher;
        this.inverse = new Scratch(backend, "rows of a loss");
        this.partial = new Scratch(backend, "sums of a loss");
        this.spill = new Scratch(backend, "board of a loss");
        this.words = new Scratch(backend, "ticket and fault of a loss");
    }

    @Override
    protected CudaCall begin(String operation) {
        return backend.begin(operation);
    }

    @Override
    protected void classification(CudaCall call, MutualTerm mutual) {
        CudaTensor logits = call.operand(2);
        LossTiles tiles =
                LossTiles.classification(call.students().count(), logits.rows(), logits.cols(), mutual.rho() != 0f);
        if (isEmpty(logits)) {
            return;
        }
        long rows = inverseRows(call, false);
        operands(call)
                .pointer(divergence(mutual))
                .integer(call.students().count())
                .integer(logits.rows())
                .integer(logits.cols())
                .real(mutual.rho())
                .real(mutual.temperature());
        scratch(rows, tiles, true);
        launcher.pointer(ticket()).pointer(fault(logits.cols()));
        run(Kernel.CLASSIFICATION, tiles);
    }

    @Override
    protected void regression(CudaCall call, MutualTerm mutual) {
        CudaTensor outputs = call.operand(2);
        LossTiles tiles =
                LossTiles.regression(call.students().count(), outputs.rows(), outputs.cols(), mutual.rho() != 0f);
        if (isEmpty(outputs)) {
            return;
        }
        long rows = inverseRows(call, false);
        operands(call)
                .pointer(divergence(mutual))
                .integer(call.students().count())
                .integer(outputs.rows())
                .integer(outputs.cols())
                .real(mutual.rho());
        scratch(rows, tiles, true);
        launcher.pointer(ticket());
        run(Kernel.REGRESSION, tiles);
    }

    @Override
    protected void cooperative(CudaCall call, float rho, boolean classification) {
        CudaTensor outputs = call.operand(2);
        LossTiles tiles = LossTiles.cooperative(outputs.rows(), outputs.cols());
        if (isEmpty(outputs)) {
            return;
        }
        long rows = inverseRows(call, true);
        operands(call).integer(outputs.rows()).integer(outputs.cols()).real(rho);
        scratch(rows, tiles, false);
        launcher.pointer(ticket());
        if (classification) {
            launcher.pointer(fault(outputs.cols()));
        }
        run(classification ? Kernel.COOPERATIVE_CLASSIFICATION : Kernel.COOPERATIVE_REGRESSION, tiles);
    }

    private static boolean isEmpty(CudaTensor outputs) {
        return outputs.area() == 0;
    }

    /** dOutputs, totals, outputs, targets, weights. */
    private Launcher operands(CudaCall call) {
        return launcher.none()
                .pointer(call.table(0).address())
                .pointer(call.table(1).address())
                .pointer(call.table(2).address())
                .pointer(call.operand(3).address(0))
                .pointer(call.table(4).address());
    }

    /** One over each student's number of rows, or over the number that both cooperating students see. */
    private long inverseRows(CudaCall call, boolean together) {
        int students = call.students().count();
        long address = inverse.floats(students).address(0);
        launcher.none()
                .pointer(address)
                .pointer(call.table(4).address())
                .integer(students)
                .integer(call.operand(2).rows())
                .integer(together ? 1 : 0)
                .runRow(Kernel.INVERSE_ROWS, together ? 1 : students, 0);
        return address;
    }

    private long divergence(MutualTerm mutual) {
        return mutual.rho() == 0f
                ? 0
                : backend.own("loss", "divergence", mutual.divergence()).address(0);
    }

    private void scratch(long inverseRows, LossTiles tiles, boolean mayspill) {
        launcher.pointer(inverseRows)
                .pointer(partial.floats(tiles.partialFloats()).address(0));
        if (mayspill) {
            launcher.pointer(
                    tiles.spillFloats() == 0
                            ? 0
                            : spill.floats(tiles.spillFloats()).address(0));
        }
    }

    private long ticket() {
        return words.floats(2).address(0);
    }

    private long fault(int ofClasses) {
        labelled = true;
        classes = ofClasses;
        return ticket() + Integer.BYTES;
    }

    private void run(Kernel kernel, LossTiles tiles) {
        long most = (long) MOST_BLOCKS_A_STUDENT * backend.device().busyBlocks();
        launcher.runRow(kernel, (int) Math.min(tiles.units(), most), tiles.sharedBytes());
    }

    /**
     * Looks whether a label of the losses so far was no class.
     *
     * @throws IllegalArgumentException if one was, naming its row
     */
    void requireLabels() {
        if (!labelled) {
            return;
        }
        labelled = false;
        CudaTensor memory = words.of(Members.SHARED, 1, 2);
        backend.device().read(memory.address(0) + Integer.BYTES, faultBits, 0, 1);
        int row = Float.floatToRawIntBits(faultBits[0]);
        if (row != 0) {
            backend.device().clear(memory.address(0) + Integer.BYTES, Integer.BYTES);
            throw new IllegalArgumentException("classification: the label of row " + (row - 1)
                    + " of a batch must be a class from 0 to " + (classes - 1) + " but is not");
        }
    }
}
