package org.metafusion.training.phase;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.metafusion.core.cohort.Cohort;
import org.metafusion.core.tensor.Members;
import org.metafusion.core.tensor.Tensor;
import org.metafusion.core.tensor.TensorArena;
import org.metafusion.core.tensor.TensorBackend;
import org.metafusion.training.representation.InputKey;
import org.metafusion.training.representation.PreparedRows;

/**
 * Rows as batches are made of them: inputs, targets, and for each student which rows it can see. One row more than there
 * are, all zeros and seen by nobody, fills up the last batch. Targets and visibility are uploaded once; inputs as well where
 * the device has memory of its own and room there, and batch by batch where not.
 *
 * @param rows without the filling row, which has this number
 * @param weights shared where no row lacks a modality
 * @param visible the number of rows each student sees
 */
record DeviceRows(int rows, Map<InputKey, Source> inputs, Tensor targets, Tensor weights, int[] visible) {

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

    private record Streamed(float[] rows) implements Source {
        @Override
        public void load(TensorBackend backend, Tensor to, int[] order, int from) {
            backend.uploadRows(to, rows, order, from);
        }
    }

    static DeviceRows upload(
            TensorBackend backend, TensorArena arena, Cohort cohort, PreparedRows prepared, float[] targets) {
        int rows = prepared.rows();
        long floats = prepared.inputs().values().stream()
                .mapToLong(values -> values.length)
                .sum();
        boolean resident = backend.hasRoomFor(Float.BYTES * floats);
        Map<InputKey, Source> inputs = new TreeMap<>();
        prepared.inputs()
                .forEach((key, values) -> inputs.put(
                        key,
                        resident ? new Resident(uploadPadded(backend, arena, values, rows)) : new Streamed(values)));
        int[] visible = new int[cohort.size()];
        Arrays.fill(visible, rows);
        Tensor weights;
        if (prepared.isComplete()) {
            float[] ones = new float[rows];
            Arrays.fill(ones, 1f);
            weights = uploadPadded(backend, arena, ones, rows);
        } else {
            float[] seen = new float[cohort.size() * (rows + 1)];
            for (int s = 0; s < cohort.size(); s++) {
                visible[s] = mark(prepared, cohort.students().get(s).modalities(), seen, s * (rows + 1));
            }
            weights = arena.upload(backend, Members.all(cohort.size()), rows + 1, 1, seen);
        }
        return new DeviceRows(rows, inputs, uploadPadded(backend, arena, targets, rows), weights, visible);
    }

    private static int mark(PreparedRows prepared, int[] modalities, float[] seen, int offset) {
        int count = 0;
        for (int row = 0; row < prepared.rows(); row++) {
            if (prepared.has(row, modalities)) {
                seen[offset + row] = 1f;
                count++;
            }
        }
        return count;
    }

    private static Tensor uploadPadded(TensorBackend backend, TensorArena arena, float[] values, int rows) {
        int width = values.length / rows;
        return arena.upload(backend, rows + 1, width, Arrays.copyOf(values, (rows + 1) * width));
    }

    /** The number of batches of {@code batch} rows. */
    int batches(int batch) {
        return (rows + batch - 1) / batch;
    }
}
