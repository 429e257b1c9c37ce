package org.metafusion.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.metafusion.core.tensor.Members;
import org.metafusion.core.tensor.Tensor;
import org.metafusion.core.tensor.TensorArena;
import org.metafusion.core.tensor.TensorBackend;

/** What every {@link TensorBackend} must do with tensors themselves: move, gather, fill, view and free them. */
public abstract class TensorBackendContract extends TensorLifetimes {

    private static final Members THREE = Members.of(0, 2, 5);
    private static final Members SHARED = Members.SHARED;

    @Test
    void saysWhatItIs() {
        assertThat(backend.info().name()).isNotBlank();
        assertThat(backend.info().device()).isNotBlank();
        assertThat(backend.info().detail()).isNotBlank();
    }

    @Test
    void aTensorHasTheShapeItWasMadeWith() {
        Tensor tensor = zeros(THREE, 4, 7);

        assertThat(tensor.members()).isEqualTo(THREE);
        assertThat(tensor.rows()).isEqualTo(4);
        assertThat(tensor.cols()).isEqualTo(7);
        assertThat(backend.download(tensor)).hasSize(3 * 4 * 7).containsOnly(0);
    }

    @Test
    void whatIsUploadedComesBackBitForBit() {
        float[] values = {
            0f, -0f, 1.5f, Float.MIN_VALUE, -Float.MAX_VALUE, Float.POSITIVE_INFINITY, Float.NaN, 1e-40f, 16_777_217f
        };
        Tensor tensor = zeros(THREE, 1, 3);
        backend.upload(tensor, values);

        TensorAssert.assertSameBits("tensor", values, backend.download(tensor));
    }

    @Test
    void uploadedAndDownloadedArraysAreTheCallers() {
        float[] values = {1, 2, 3, 4};
        Tensor tensor = zeros(SHARED, 2, 2);
        backend.upload(tensor, values);
        Arrays.fill(values, -1);
        float[] first = backend.download(tensor);
        Arrays.fill(first, -2);

        assertThat(backend.download(tensor)).containsExactly(1, 2, 3, 4);
    }

    @Test
    void uploadTakesAsManyValuesAsTheTensorHas() {
        Tensor tensor = zeros(THREE, 2, 2);
        for (int length : new int[] {0, 11, 13}) {
            assertThatThrownBy(() -> backend.upload(tensor, new float[length]))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("upload")
                    .hasMessageContaining(tensor.shape())
                    .hasMessageContaining(String.valueOf(length));
        }
    }

    @Test
    void aRowIsTheDenseLayerOfABatchOfOne() {
        for (int[] shape : new int[][] {{1, 1}, {3, 5}, {17, 10}, {8, 16}, {33, 31}, {5, 64}, {240, 67}, {64, 130}}) {
            Matrix x = Matrix.random(1, shape[0], random);
            Matrix w = Matrix.random(shape[0], shape[1], random);
            Matrix b = Matrix.random(1, shape[1], random);
            float[] y = new float[shape[1]];
            Arrays.fill(y, Float.NaN);

            backend.rowKernel().dense(y, floats(x), floats(w), floats(b));

            TensorAssert.assertClose(
                    Arrays.toString(shape), DenseReference.multiply(b, x, w).values(), y);
        }
    }

    private static float[] floats(Matrix matrix) {
        return MatrixStack.shared(matrix).floats();
    }

    @Test
    void fillSetsEveryElement() {
        Tensor tensor = upload(poison(THREE, 33, 7));
        backend.fill(tensor, -2.5f);

        assertThat(backend.download(tensor)).containsOnly(-2.5f);
    }

    @Test
    void gatherTakesTheWindowOfRowsInTheirOrder() {
        int[] rows = {-99, 8, 0, 3, 3, 7, 1, 99};
        for (Members members : new Members[] {SHARED, THREE, Members.all(1)}) {
            for (int cols : new int[] {1, 5, 64, 131}) {
                MatrixStack source = random(members, 9, cols);
                Tensor out = upload(poison(members, 6, cols));

                backend.gather(out, upload(source), rows, 1);

                MatrixStack want = MatrixStack.of(
                        members,
                        source.matrices().stream().map(m -> rows(m, rows, 1, 6)).toList());
                TensorAssert.assertSameBits("out, " + members, want.floats(), backend.download(out));
            }
        }
    }

    @Test
    void gatherRefusesRowsThatAreNotThere() {
        Tensor source = zeros(THREE, 9, 4);
        Tensor out = zeros(THREE, 2, 4);
        for (int[] rows : new int[][] {{0, 9}, {-1, 3}, {Integer.MAX_VALUE, 0}, {0, Integer.MIN_VALUE}}) {
            assertRefused("gather", () -> backend.gather(out, source, rows, 0), source);
        }
        assertRefused("gather", () -> backend.gather(out, source, new int[] {1, 2, 3}, 2), out);
        assertRefused("gather", () -> backend.gather(out, source, new int[] {1, 2, 3}, -1), out);
        assertRefused("gather", () -> backend.gather(out, source, new int[] {1}, 0), out);
        assertRefused("gather", () -> backend.gather(out, source, new int[] {1, 2}, Integer.MAX_VALUE), out);
    }

    @Test
    void gatherRefusesOtherColumnsAndOtherMembers() {
        Tensor source = zeros(THREE, 9, 4);
        int[] rows = {0, 1};
        Tensor narrow = zeros(THREE, 2, 3);
        assertRefused("gather", () -> backend.gather(narrow, source, rows, 0), narrow, source);
        assertRefused("gather", () -> backend.gather(zeros(SHARED, 2, 4), source, rows, 0), source);
        Members others = Members.of(0, 2, 4);
        assertMembersRefused("gather", () -> backend.gather(zeros(others, 2, 4), source, rows, 0), others, THREE);
    }

    @Test
    void writingAViewWritesItsBufferAndTheOtherWayRound() {
        MatrixStack before = random(SHARED, 1, 100);
        Tensor flat = upload(before);
        int[] offsets = {60, 3, 20};
        int[] given = offsets.clone();
        Tensor view = arena.view(flat, given, THREE, 3, 5);
        Arrays.fill(given, 0);

        assertThat(view.members()).isEqualTo(THREE);
        assertThat(view.rows()).isEqualTo(3);
        assertThat(view.cols()).isEqualTo(5);
        float[] want = before.floats();
        TensorAssert.assertSameBits("view", parts(want, offsets, 15), backend.download(view));

        MatrixStack written = random(THREE, 3, 5);
        backend.upload(view, written.floats());
        for (int i = 0; i < offsets.length; i++) {
            System.arraycopy(written.floats(), 15 * i, want, offsets[i], 15);
        }
        TensorAssert.assertSameBits("flat", want, backend.download(flat));

        backend.fill(flat, 4);
        assertThat(backend.download(view)).containsOnly(4);
        backend.fill(view, 5);
        assertThat(backend.download(flat)).contains(4).contains(5);
    }

    @Test
    void kernelsWorkOnViewsAsOnAnyTensor() {
        MatrixStack parameters = random(SHARED, 1, 200);
        Tensor flat = upload(parameters);
        int[] weights = {150, 7, 61};
        int[] biases = {191, 80, 0};
        MatrixStack w = MatrixStack.of(THREE, 6, 5, doubles(parts(parameters.floats(), weights, 30)));
        MatrixStack b = MatrixStack.of(THREE, 1, 5, doubles(parts(parameters.floats(), biases, 5)));
        MatrixStack x = random(SHARED, 9, 6);
        MatrixStack dY = random(THREE, 9, 5);
        MatrixStack poisoned = poison(SHARED, 1, 200);
        Tensor gradients = upload(poisoned);
        Tensor y = upload(poison(THREE, 9, 5));
        Tensor dX = upload(poison(THREE, 9, 6));

        backend.dense().bias(y, arena.view(flat, biases, THREE, 1, 5));
        backend.dense().multiply(y, upload(x), arena.view(flat, weights, THREE, 6, 5));
        backend.dense().biasBackward(arena.view(gradients, biases, THREE, 1, 5), upload(dY));
        backend.dense().weightBackward(arena.view(gradients, weights, THREE, 6, 5), upload(x), upload(dY));
        backend.dense().inputBackward(dX, upload(dY), arena.view(flat, weights, THREE, 6, 5));

        Matrix want = poisoned.matrix(0).copy();
        for (int i = 0; i < THREE.count(); i++) {
            int s = THREE.student(i);
            put(want, weights[i], DenseReference.weightBackward(x.matrix(s), dY.matrix(s)));
            put(want, biases[i], DenseReference.biasBackward(dY.matrix(s)));
        }
        Tolerance tolerance = Tolerance.ofProducts(9);
        TensorAssert.assertClose("gradients", want.values(), backend.download(gradients), tolerance);
        TensorAssert.assertClose(
                "y",
                MatrixStack.of(
                        THREE,
                        s -> DenseReference.multiply(DenseReference.bias(9, b.matrix(s)), x.matrix(s), w.matrix(s))),
                backend.download(y),
                tolerance);
        TensorAssert.assertClose(
                "dX",
                MatrixStack.of(THREE, s -> DenseReference.inputBackward(dY.matrix(s), w.matrix(s))),
                backend.download(dX),
                tolerance);
    }

    @Test
    void aViewMustLieInsideAFlatBufferOfItsArena() {
        Tensor flat = zeros(SHARED, 1, 30);
        for (int[] offsets : new int[][] {{0, 10, 21}, {-1, 10, 20}, {0, Integer.MAX_VALUE, 5}}) {
            assertRefused("view", () -> arena.view(flat, offsets, THREE, 2, 5), flat);
        }
        assertRefused("view", () -> arena.view(flat, new int[] {0, 10}, THREE, 2, 5));
        Tensor stack = zeros(THREE, 1, 30);
        assertRefused("view", () -> arena.view(stack, new int[] {0, 10, 20}, THREE, 2, 5), stack);
        Tensor tall = zeros(SHARED, 2, 15);
        assertRefused("view", () -> arena.view(tall, new int[] {0, 10, 20}, THREE, 2, 5), tall);
        try (TensorArena other = backend.openArena("another")) {
            assertRefused("view", () -> other.view(flat, new int[] {0, 10, 20}, THREE, 2, 5));
        }
    }

    @Test
    void aShapeMustBePossible() {
        for (ThrowingCallable call : new ThrowingCallable[] {
            () -> zeros(THREE, -1, 3), () -> zeros(THREE, 3, -1), () -> zeros(SHARED, 1 << 16, 1 << 16)
        }) {
            assertThatThrownBy(call)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("zeros");
        }
    }

    private static Matrix rows(Matrix source, int[] rows, int from, int count) {
        Matrix taken = Matrix.zeros(count, source.cols());
        for (int i = 0; i < count; i++) {
            for (int j = 0; j < source.cols(); j++) {
                taken.set(i, j, source.get(rows[from + i], j));
            }
        }
        return taken;
    }

    private static float[] parts(float[] flat, int[] offsets, int size) {
        float[] parts = new float[offsets.length * size];
        for (int i = 0; i < offsets.length; i++) {
            System.arraycopy(flat, offsets[i], parts, i * size, size);
        }
        return parts;
    }

    private static double[] doubles(float[] floats) {
        double[] doubles = new double[floats.length];
        Arrays.setAll(doubles, i -> floats[i]);
        return doubles;
    }

    private static void put(Matrix flat, int offset, Matrix part) {
        double[] values = part.values();
        for (int i = 0; i < values.length; i++) {
            flat.set(0, offset + i, values[i]);
        }
    }
}
