package org.metafusion.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.text.MessageFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.metafusion.core.tensor.LossKernels.MutualTerm;
import org.metafusion.core.tensor.Members;
import org.metafusion.core.tensor.Tensor;
import org.metafusion.core.tensor.TensorArena;

/** Who holds how much of the device's memory, and what the backend says of it. */
final class CudaMemoryTest {

    private static final Members PAIR = Members.all(2);

    private final CpuDevice device = new CpuDevice();
    private final CudaBackend backend = new CudaBackend(device);

    @AfterEach
    void close() {
        backend.close();
    }

    @Test
    void closingAnArenaGivesItsMemoryBack() {
        long before = device.held();
        TensorArena arena = backend.openArena("step");
        for (int i = 0; i < 20; i++) {
            backend.fill(arena.zeros(PAIR, 100, 50), 1f);
        }
        assertThat(device.held()).isGreaterThanOrEqualTo(before + 20 * 2 * 100 * 50 * 4);

        arena.close();

        assertThat(device.held()).isEqualTo(before);
    }

    @Test
    void anArenaAllocatesFewLargePieces() {
        try (TensorArena arena = backend.openArena("many small tensors")) {
            for (int i = 0; i < 1000; i++) {
                arena.zeros(Members.SHARED, 3, 5);
            }
            assertThat(device.allocations()).isLessThan(8);
        }
    }

    @Test
    void anArenaThatNobodyClosedIsNamedAndFreedWithTheBackend() {
        TensorArena forgotten = backend.openArena("forgotten rows");
        backend.fill(forgotten.zeros(PAIR, 3, 4), 1f);

        List<String> warnings = warningsOf(backend::close);

        assertThat(warnings)
                .containsExactly("Arena 'forgotten rows' of 16384 bytes was still open when the cuda backend was"
                        + " closed; close it first");
        assertThat(device.held()).isZero();
        assertThat(device.isClosed()).isTrue();
        forgotten.close();
    }

    /** Scratch is the backend's own: freed with it, and nobody is to blame. */
    @Test
    void scratchIsFreedWithTheBackendInSilence() {
        try (TensorArena arena = backend.openArena("losses")) {
            loss(arena, 5);
        }
        assertThat(device.held()).isPositive();

        assertThat(warningsOf(backend::close)).isEmpty();

        assertThat(device.held()).isZero();
    }

    private static List<String> warningsOf(Runnable call) {
        Logger logger = Logger.getLogger(CudaBackend.class.getName());
        List<String> messages = new ArrayList<>();
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord line) {
                assertThat(line.getLevel()).isEqualTo(Level.WARNING);
                messages.add(MessageFormat.format(line.getMessage(), line.getParameters()));
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        logger.addHandler(handler);
        logger.setUseParentHandlers(false);
        try {
            call.run();
        } finally {
            logger.setUseParentHandlers(true);
            logger.removeHandler(handler);
        }
        return messages;
    }

    @Test
    void scratchForBatchesOfManySizesStaysBounded() {
        long some = afterBatchesOf(IntStream.rangeClosed(300, 400));
        long more = afterBatchesOf(IntStream.rangeClosed(401, 501));
        assertThat(more).isLessThan(some * 5 / 4);
    }

    private long afterBatchesOf(IntStream sizes) {
        sizes.forEach(n -> {
            try (TensorArena arena = backend.openArena("batch of " + n)) {
                loss(arena, n);
                bilinear(arena, n);
            }
        });
        return device.held();
    }

    private Tensor loss(TensorArena arena, int n) {
        Tensor labels = arena.zeros(Members.SHARED, n, 1);
        backend.gather(
                labels, arena.zeros(Members.SHARED, n, 1), IntStream.range(0, n).toArray(), 0);
        Tensor weights = arena.zeros(Members.SHARED, n, 1);
        backend.fill(weights, 1f);
        Tensor dOutputs = arena.zeros(PAIR, n, 3);
        MutualTerm mutual = new MutualTerm(arena.zeros(Members.SHARED, 2, 2), 0.5f, 1f);
        backend.loss()
                .classification(dOutputs, arena.zeros(PAIR, 1, 2), arena.zeros(PAIR, n, 3), labels, weights, mutual);
        return labels;
    }

    private void bilinear(TensorArena arena, int n) {
        Tensor x = arena.zeros(PAIR, n, 3);
        Tensor y = arena.zeros(PAIR, n, 2);
        Tensor w = arena.zeros(PAIR, 12, 4);
        Tensor out = arena.zeros(PAIR, n, 4);
        backend.fusion().bilinear(out, x, y, w, true);
        backend.fusion().bilinearInputBackward(arena.zeros(PAIR, n, 3), arena.zeros(PAIR, n, 2), out, x, y, w, true);
    }

    @Test
    void tensorsWithoutElementsTakeNoMemory() {
        try (TensorArena arena = backend.openArena("nothing")) {
            Tensor none = arena.upload(backend, PAIR, 0, 4, new float[0]);
            assertThat(backend.download(none)).isEmpty();
            backend.fill(none, 1f);
            backend.dense().bias(none, arena.zeros(PAIR, 1, 4));
            backend.gather(none, arena.zeros(PAIR, 3, 4), new int[0], 0);
            assertThat(backend.download(none)).isEmpty();
        }
    }

    @Test
    void aLabelThatIsNoClassIsReportedOnceByItsRow() {
        try (TensorArena arena = backend.openArena("losses")) {
            Tensor labels = loss(arena, 5);
            backend.synchronize();
            backend.upload(labels, new float[] {0, 2, 1, 3, 0});
            Tensor weights = arena.zeros(Members.SHARED, 5, 1);
            backend.fill(weights, 1f);
            Tensor outputs = arena.zeros(PAIR, 5, 3);
            Tensor totals = arena.zeros(PAIR, 1, 2);
            MutualTerm alone = new MutualTerm(arena.zeros(Members.SHARED, 2, 2), 0f, 1f);
            backend.loss().classification(arena.zeros(PAIR, 5, 3), totals, outputs, labels, weights, alone);

            assertThatThrownBy(() -> backend.download(totals))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("classification: the label of row 3 of a batch must be a class from 0 to 2 but is not");
            assertThat(backend.download(totals)).hasSize(4);

            backend.loss().classification(arena.zeros(PAIR, 5, 3), totals, outputs, labels, weights, alone);
            assertThatThrownBy(backend::synchronize).hasMessageContaining("the label of row 3");
        }
    }
}
