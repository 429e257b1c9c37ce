package org.metafusion.core.modality;

/** The targets of a data set's rows: class labels or values, with the task they belong to. */
public sealed interface Targets {

    Task task();

    int rows();

    /** The given rows, in the given order. */
    Targets select(int[] rows);

    /**
     * Class labels.
     *
     * @param labels a class index a row
     */
    record Labels(Task.Classification task, int[] labels) implements Targets {
        public Labels {
            for (int row = 0; row < labels.length; row++) {
                if (labels[row] < 0 || labels[row] >= task.outputs()) {
                    throw new IllegalArgumentException("Row " + row + " has label " + labels[row] + " but there are "
                            + task.outputs() + " classes");
                }
            }
        }

        @Override
        public int rows() {
            return labels.length;
        }

        @Override
        public Labels select(int[] rows) {
            int[] taken = new int[rows.length];
            for (int i = 0; i < rows.length; i++) {
                taken[i] = labels[rows[i]];
            }
            return new Labels(task, taken);
        }
    }

    /**
     * Real-valued targets.
     *
     * @param values {@code [rows, outputs]} row-major
     */
    record Values(Task.Regression task, float[] values) implements Targets {
        public Values {
            if (values.length % task.outputs() != 0) {
                throw new IllegalArgumentException(
                        values.length + " values do not make rows of " + task.outputs() + " targets");
            }
        }

        @Override
        public int rows() {
            return values.length / task.outputs();
        }

        @Override
        public Values select(int[] rows) {
            int width = task.outputs();
            float[] taken = new float[rows.length * width];
            for (int i = 0; i < rows.length; i++) {
                System.arraycopy(values, rows[i] * width, taken, i * width, width);
            }
            return new Values(task, taken);
        }
    }
}
