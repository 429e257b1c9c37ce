package org.metafusion.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.IntFunction;
import org.assertj.core.api.Assertions;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.metafusion.core.tensor.Members;
import org.metafusion.core.tensor.Tensor;
import org.metafusion.core.tensor.TensorArena;
import org.metafusion.core.tensor.TensorBackend;

/**
 * What every contract suite stands on: one backend a class, since opening a device is dear, and one arena a test.
 *
 * <p>A backend passes the contract with a subclass of each suite:
 *
 * <pre>
 * final class CpuDenseKernelsTest extends DenseKernelsContract {
 *     &#64;Override
 *     protected TensorBackend openBackend(int threads) {
 *         return new CpuBackendProvider().open(new BackendConfig(threads));
 *     }
 * }
 * </pre>
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class BackendContract {

    private final List<TensorBackend> opened = new ArrayList<>();

    TensorBackend backend;
    TensorArena arena;
    Random random;

    /** The backend under test, computing with so many threads where that means anything; the suite closes it. */
    protected abstract TensorBackend openBackend(int threads);

    final TensorBackend openBackend() {
        return openBackend(2);
    }

    @BeforeAll
    final void openTheBackend() {
        backend = another(openBackend());
    }

    /** A further backend, closed after the last test. */
    final TensorBackend another(TensorBackend further) {
        opened.add(further);
        return further;
    }

    @AfterAll
    final void closeTheBackends() {
        opened.forEach(TensorBackend::close);
    }

    @BeforeEach
    final void openTheArena() {
        arena = backend.openArena("contract test");
        random = new Random(20_250_720);
    }

    @AfterEach
    final void closeTheArena() {
        arena.close();
    }

    final Tensor upload(MatrixStack stack) {
        return stack.upload(backend, arena);
    }

    final MatrixStack random(Members members, int rows, int cols) {
        return MatrixStack.random(members, rows, cols, random);
    }

    /** NaN throughout: what a call should overwrite, and what it should leave alone, can then be told apart. */
    final MatrixStack poison(Members members, int rows, int cols) {
        return MatrixStack.filled(members, rows, cols, Double.NaN);
    }

    final Tensor zeros(Members members, int rows, int cols) {
        return arena.zeros(members, rows, cols);
    }

    /** That {@code got} holds {@code want} for the students written, and for the others what it held before. */
    final void assertWritten(
            String what,
            MatrixStack before,
            Members written,
            IntFunction<Matrix> want,
            Tensor got,
            Tolerance tolerance) {
        TensorAssert.assertClose(what, before.with(written, want), backend.download(got), tolerance);
    }

    /** That a call is refused with an {@link IllegalArgumentException} that names the operation and these operands. */
    static void assertRefused(String operation, ThrowingCallable call, Tensor... named) {
        var thrown = Assertions.assertThatThrownBy(call)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(operation);
        for (Tensor operand : named) {
            thrown.hasMessageContaining(operand.shape());
        }
    }

    /** That a call is refused with an {@link IllegalArgumentException} that names the operation and these members. */
    static void assertMembersRefused(String operation, ThrowingCallable call, Members... named) {
        var thrown = Assertions.assertThatThrownBy(call)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(operation);
        for (Members members : named) {
            thrown.hasMessageContaining(members.toString());
        }
    }
}
