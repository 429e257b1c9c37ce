package org.metafusion.cuda;

import org.metafusion.core.tensor.Members;
import org.metafusion.core.tensor.checked.CheckedFusionKernels;

/**
 * Product and tensor fusion by {@code fusion.cu}.
 *
 * <p>Tensor fusion followed by a dense layer, without the outer product: the weights {@code [d', e' width]} are
 * contracted with the first input by one matrix product, {@code t = x' W} of {@code [n, e' width]}, and a kernel
 * contracts {@code t} with the second. Backward the same two ways round, with {@code t} the outer product of the second
 * input and the output's gradient. {@code t} is the size of {@code e'} outputs rather than {@code d' e'} numbers a row;
 * students take turns where their {@code t} together would exceed {@value #MOST_FLOATS} floats.
 */
final class CudaFusionKernels extends CheckedFusionKernels<CudaCall> {

    /** 256 MiB. */
    static final long MOST_FLOATS = 1L << 26;

    private final CudaBackend backend;
    private final long mostFloats;
    private final Launcher launcher;
    private final ProductCalls products;
    private final Scratch between;
    private final Scratch appended;
    private final Scratch gradients;

    /** @param mostFloats of intermediate results at a time */
    CudaFusionKernels(CudaBackend backend, Launcher launcher, ProductCalls products, long mostFloats) {
        this.backend = backend;
        this.mostFloats = mostFloats;
        this.launcher = launcher;
        this.products = products;
        this.between = new Scratch(backend, "tensor fusion between its two products");
        this.appended = new Scratch(backend, "inputs of tensor fusion with ones appended");
        this.gradients = new Scratch(backend, "gradients of inputs with ones appended");
    }

    @Override
    protected CudaCall begin(String operation) {
        return backend.begin(operation);
    }

    @Override
    protected void productForward(CudaCall call) {
        CudaTensor x = call.operand(1);
        launcher.tables(call, 0, 1, 2)
                .integer(x.rows())
                .integer(x.cols())
                .run(Kernel.PRODUCT_FORWARD, call, (x.area() + 3L) / 4);
    }

    @Override
    protected void productBackward(CudaCall call) {
        CudaTensor x = call.operand(3);
        launcher.tables(call, 0, 1, 2, 3, 4)
                .integer(x.rows())
                .integer(x.cols())
                .run(Kernel.PRODUCT_BACKWARD, call, (x.area() + 3L) / 4);
    }

    @Override
    protected void tensorForward(CudaCall call) {
        CudaTensor fused = call.operand(0);
        outer(call.operand(1), call.operand(2), fused.cols(), launcher.tables(call, 0, 1, 2))
                .run(Kernel.OUTER_FORWARD, call, (fused.area() + 3L) / 4);
    }

    @Override
    protected void tensorBackward(CudaCall call) {
        CudaTensor x = call.operand(3);
        outer(x, call.operand(4), call.operand(2).cols(), launcher.tables(call, 0, 1, 2, 3, 4))
                .runBlocks(Kernel.OUTER_BACKWARD, call.students().count(), x.rows());
    }

    private static Launcher outer(CudaTensor x, CudaTensor y, int width, Launcher launcher) {
        return launcher.integer(x.rows()).integer(x.cols()).integer(y.cols()).integer(isAugmented(x, y, width) ? 1 : 0);
    }

    /** What the three bilinear operations have in common: sizes, and which students are at work. */
    private final class Bilinear {
        private final CudaCall call;
        private final CudaTensor y;
        private final int n;
        private final int width;
        private final int ones;
        private final int inputs;
        private final int lines;
        private final Table left;
        private final int most;
        private int from;
        private int count;

        /** @param x,y,output the operands' numbers */
        Bilinear(CudaCall call, int x, int y, int output, int weightRows) {
            this.call = call;
            CudaTensor in = call.operand(x);
            this.y = call.operand(y);
            this.n = in.rows();
            this.width = call.operand(output).cols();
            this.ones = isAugmented(in, this.y, weightRows) ? 1 : 0;
            this.inputs = in.cols() + ones;
            this.lines = this.y.cols() + ones;
            this.left = ones == 0 ? call.table(x) : append(in, call.table(x));
            long each = Math.max(1, (long) n * lines * width);
            this.most = (int) Math.max(1, Math.min(call.students().count(), mostFloats / each));
        }

        private Table append(CudaTensor in, Table table) {
            int students = call.students().count();
            Members all = Members.all(students);
            Table to = appended.of(all, n, inputs).table(all);
            launcher.none()
                    .pointer(to.address())
                    .pointer(table.address())
                    .integer(students)
                    .integer(n)
                    .integer(in.cols())
                    .run(Kernel.APPEND_ONES, students, (long) n * inputs);
            return to;
        }

        /** Moves on to the next students; false if all had their turn. */
        boolean next() {
            from += count;
            count = Math.min(most, call.students().count() - from);
            return count > 0 && n > 0 && width > 0;
        }

        /** {@code [n, lines, width]} for each student at work. */
        Table between() {
            Members all = Members.all(count);
            return between.of(all, n, lines * width).table(all);
        }

        /** {@code t = x' W}. */
        Table contracted(Table weights) {
            Table t = between();
            products.of(t, 0, left, from, weights, from, count).plain().sizes(n, inputs, lines * width);
            products.set();
            return t;
        }

        /** {@code t[i][b][k] = y'[i][b] dOut[i][k]}. */
        Table spread(Table seconds, Table gradients) {
            Table t = between();
            launcher.none()
                    .pointer(t.address())
                    .pointer(seconds.addressFrom(from))
                    .pointer(gradients.addressFrom(from));
            sizes().run(Kernel.BILINEAR_SPREAD, count, ((long) n * lines * width + 3) / 4);
            return t;
        }

        Launcher sizes() {
            return launcher.integer(count)
                    .integer(n)
                    .integer(y.cols())
                    .integer(width)
                    .integer(ones);
        }
    }

    @Override
    protected void bilinear(CudaCall call) {
        Bilinear form = new Bilinear(call, 1, 2, 0, call.operand(3).rows());
        while (form.next()) {
            Table t = form.contracted(call.table(3));
            launcher.none()
                    .pointer(call.table(0).addressFrom(form.from))
                    .pointer(t.address())
                    .pointer(call.table(2).addressFrom(form.from));
            form.sizes().runBlocks(Kernel.BILINEAR_CONTRACT, form.count, (long) form.n * ((form.width + 31) / 32));
        }
    }

    @Override
    protected void bilinearWeightBackward(CudaCall call) {
        CudaTensor dW = call.operand(0);
        if (call.operand(3).rows() == 0) {
            backend.fill(dW, 0f);
            return;
        }
        Bilinear form = new Bilinear(call, 1, 2, 3, dW.rows());
        while (form.next()) {
            Table t = form.spread(call.table(2), call.table(3));
            products.of(call.table(0), form.from, form.left, form.from, t, 0, form.count)
                    .leftTransposed()
                    .sizes(form.inputs, form.n, form.lines * form.width);
            products.set();
        }
    }

    @Override
    protected void bilinearInputBackward(CudaCall call) {
        CudaTensor dX = call.operand(0);
        if (call.operand(2).cols() == 0) {
            backend.fill(dX, 0f);
            backend.fill(call.operand(1), 0f);
            return;
        }
        Bilinear form = new Bilinear(call, 3, 4, 2, call.operand(5).rows());
        Members all = Members.all(call.students().count());
        Table dLeft = form.ones == 0
                ? call.table(0)
                : gradients.of(all, form.n, form.inputs).table(all);
        while (form.next()) {
            Table t = form.contracted(call.table(5));
            launcher.none()
                    .pointer(call.table(1).addressFrom(form.from))
                    .pointer(t.address())
                    .pointer(call.table(2).addressFrom(form.from));
            form.sizes()
                    .run(Kernel.BILINEAR_INPUT, form.count, (long) form.n * form.y.cols() * Math.min(32, form.width));
            form.spread(call.table(4), call.table(2));
            products.of(dLeft, form.from, t, 0, call.table(5), form.from, form.count)
                    .rightTransposed()
                    .sizes(form.n, form.lines * form.width, form.inputs);
            products.set();
        }
        if (form.ones == 1) {
            launcher.none()
                    .pointer(call.table(0).address())
                    .pointer(dLeft.address())
                    .integer(all.count())
                    .integer(form.n)
                    .integer(dX.cols())
                    .run(Kernel.DROP_LAST, all.count(), dX.area());
        }
    }
}
