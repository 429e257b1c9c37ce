package org.metafusion.training.phase;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.metafusion.core.modality.Task;
import org.metafusion.core.rows.HeapRows;
import org.metafusion.core.rows.RowValues;
import org.metafusion.core.tensor.Members;
import org.metafusion.core.tensor.Tensor;
import org.metafusion.core.tensor.TensorArena;
import org.metafusion.core.tensor.TensorBackend;
import org.metafusion.training.balance.RowTargets;
import org.metafusion.training.network.Presence;
import org.metafusion.training.representation.InputKey;
import org.metafusion.training.representation.PreparedRows;

/**
 * Rows as batches are made of them: inputs, targets, and for each student which rows it can see. One row more than there
 * are, all zeros and seen by nobody, fills up the last batch. Targets and visibility are uploaded once; inputs as well where
 * the device has memory of its own and room there, and batch by batch where not.
 *
 * @param rows without the filling row, which has this number
 * @param presence which modalities each row has
 * @param weights shared where no row lacks a modality
 * @param visible the number of rows each copy sees, by its number
 */
record DeviceRows(
        int rows, Map<InputKey, Source> inputs, Presence presence, Tensor targets, Tensor weights, int[] visible) {

    /** An input's rows. */
    interface Source {

        /** {@code to[i] = row order[from + i]}. */
        void load(TensorBackend backend, Tensor to, int[] order, int from);
    }

    private record Resident(Tensor rows) implements Source {
        @Override
        public void load(TensorBackend backend, Tensor to, int[] order, int from) {
            backend.gather(to, rows, order, from);
        }
    }

    private record Streamed(RowValues rows) implements Source {
        @Override
        public void load(TensorBackend backend, Tensor to, int[] order, int from) {
            backend.uploadRows(to, rows, order, from);
        }
    }

    static DeviceRows upload(
            TensorBackend backend, TensorArena arena, PreparedRows prepared, float[] targets, Sight sight) {
        int rows = prepared.rows();
        long floats =
                prepared.inputs().values().stream().mapToLong(RowValues::size).sum();
        boolean resident = prepared.inputs().values().stream().allMatch(DeviceRows::fitsTensor)
                && backend.hasRoomFor(Float.BYTES * floats);
        Map<InputKey, Source> inputs = new TreeMap<>();
        prepared.inputs()
                .forEach((key, values) -> inputs.put(
                        key, resident ? new Resident(uploadPadded(backend, arena, values)) : new Streamed(values)));
        int[] visible = new int[sight.copies().bound()];
        float[] seen = seen(rows, sight, visible);
        Tensor weights = sight.isComplete()
                ? uploadPadded(backend, arena, Arrays.copyOf(seen, rows), rows)
                : arena.upload(backend, sight.copies(), rows + 1, 1, seen);
        return new DeviceRows(
                rows,
                inputs,
                new Presence(rows, prepared.missing()),
                uploadPadded(backend, arena, targets, rows),
                weights,
                visible);
    }

    /** A tensor's elements are counted by an int. */
    private static boolean fitsTensor(RowValues values) {
        return values.size() + values.width() <= Integer.MAX_VALUE;
    }

    private static Tensor uploadPadded(TensorBackend backend, TensorArena arena, RowValues values) {
        Tensor padded = arena.zeros(Members.SHARED, values.rows() + 1, values.width());
        backend.uploadRows(
                padded, values, IntStream.rangeClosed(0, values.rows()).toArray(), 0);
        return padded;
    }

    /** 1 where a copy sees a row, {@code [copies, rows + 1]}; counts them by copy in {@code visible}. */
    private static float[] seen(int rows, Sight sight, int[] visible) {
        float[] seen = HeapRows.room("What students see", sight.copies().count(), rows + 1);
        for (int i = 0; i < sight.copies().count(); i++) {
            int copy = sight.copies().student(i);
            for (int row = 0; row < rows; row++) {
                if (sight.sees(copy, row)) {
                    seen[i * (rows + 1) + row] = 1f;
                    visible[copy]++;
                }
            }
        }
        return seen;
    }

    private static Tensor uploadPadded(TensorBackend backend, TensorArena arena, float[] values, int rows) {
        int width = values.length / rows;
        return arena.upload(backend, rows + 1, width, Arrays.copyOf(values, (rows + 1) * width));
    }

    /** The targets and who sees which row, on the host; the row nobody sees is among them. */
    RowTargets judged(TensorBackend backend, Task task) {
        return new RowTargets(
                task instanceof Task.Classification,
                task.outputs(),
                backend.download(targets),
                backend.download(weights),
                weights.members(),
                rows + 1);
    }

    /** The number of batches of {@code batch} rows. */
    int batches(int batch) {
        return (rows + batch - 1) / batch;
    }
}
