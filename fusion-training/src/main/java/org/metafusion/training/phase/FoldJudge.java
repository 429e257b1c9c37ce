package org.metafusion.training.phase;

import java.util.BitSet;
import org.metafusion.core.tensor.Members;
import org.metafusion.core.tensor.Tensor;
import org.metafusion.core.tensor.TensorArena;
import org.metafusion.core.tensor.TensorBackend;
import org.metafusion.training.network.CohortLayout;
import org.metafusion.training.network.DropoutSeed;
import org.metafusion.training.network.Presence;

/** Judges the active copies of one fold by the rows they do not learn from. */
final class FoldJudge implements AutoCloseable {

    private static final int BATCH = 256;

    private final TensorBackend backend;
    private final CohortLayout layout;
    private final Members copies;
    private final ValidationRows validation;
    private final CohortLoss loss;
    private final BatchPass pass;
    private final Tensor gradient;
    private final Tensor totals;

    /** @param copies the active copies of the fold */
    FoldJudge(
            TensorBackend backend,
            TensorArena arena,
            BatchPass.Parameters parameters,
            Members copies,
            ValidationRows validation,
            CohortLoss loss) {
        this.backend = backend;
        this.layout = parameters.layout();
        this.copies = copies;
        this.validation = validation;
        this.loss = loss;
        int rows = Math.min(BATCH, validation.rows().rows());
        this.pass = BatchPass.of(backend, arena, parameters, copies, validation.rows(), rows, null);
        this.gradient = arena.zeros(copies, rows, layout.cohort().task().outputs());
        this.totals = arena.zeros(copies, 1, 2);
    }

    /** Adds each student's summed task loss and the number of rows it is over. */
    void judge(double[] sums, long[] counts) {
        backend.fill(totals, 0f);
        forEachChunk(validation.rows().presence(), (from, count) -> pass.loss(loss, gradient, totals));
        float[] total = backend.download(totals);
        for (int i = 0; i < copies.count(); i++) {
            int copy = copies.student(i);
            sums[layout.student(copy)] += total[2 * i];
            counts[layout.student(copy)] += validation.rows().visible()[copy];
        }
    }

    /** Writes what each student says of what is there, by student number of the cohort, to the places of the rows. */
    void outputs(float[][] outputs) {
        outputs(outputs, validation.rows().presence());
    }

    /** The same if only the given modalities were there. */
    void outputs(float[][] outputs, BitSet available) {
        outputs(outputs, validation.rows().presence().only(available));
    }

    private void outputs(float[][] outputs, Presence presence) {
        int width = layout.cohort().task().outputs();
        forEachChunk(presence, (from, count) -> {
            float[] chunk = backend.download(pass.network().outputs());
            for (int i = 0; i < copies.count(); i++) {
                float[] to = outputs[layout.student(copies.student(i))];
                for (int row = 0; row < count; row++) {
                    int place = validation.places()[from + row];
                    System.arraycopy(chunk, (i * pass.rows() + row) * width, to, place * width, width);
                }
            }
        });
    }

    private interface Chunk {
        void computed(int from, int count);
    }

    private void forEachChunk(Presence presence, Chunk chunk) {
        DeviceRows rows = validation.rows();
        int size = pass.rows();
        int[] order = new int[rows.batches(size) * size];
        for (int i = 0; i < order.length; i++) {
            order[i] = Math.min(i, rows.rows());
        }
        for (int from = 0; from < order.length; from += size) {
            pass.load(rows, presence, order, from);
            pass.network().forward(DropoutSeed.NONE);
            chunk.computed(from, Math.min(size, rows.rows() - from));
        }
    }

    @Override
    public void close() {
        pass.network().close();
    }
}
