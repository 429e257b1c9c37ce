package org.metafusion.cpu;

/** Softmax of rows and its logarithm, stable for logits of any finite size. */
final class Softmax {

    private Softmax() {}

    /**
     * {@code log p = z - max - log(sum(exp(z - max)))} and {@code p}, {@code z = logits / temperature}, for the
     * {@code [rows, cols]} logits at {@code at}; the results lie at {@code outAt} in {@code logs} and at 0 in
     * {@code probabilities}.
     */
    static void rows(float[] logits, int at, int rows, int cols, float temperature, Result out) {
        float scale = 1f / temperature;
        for (int row = 0; row < rows; row++) {
            int from = at + row * cols;
            float max = Float.NEGATIVE_INFINITY;
            for (int c = 0; c < cols; c++) {
                max = Math.max(max, logits[from + c]);
            }
            int to = out.logsAt + row * cols;
            for (int c = 0; c < cols; c++) {
                out.logs[to + c] = (logits[from + c] - max) * scale;
            }
        }
        out.elementwise.exp(out.probabilities, out.probabilitiesAt, out.logs, out.logsAt, rows * cols);
        for (int row = 0; row < rows; row++) {
            normalise(out, row, cols);
        }
    }

    private static void normalise(Result out, int row, int cols) {
        int logsAt = out.logsAt + row * cols;
        int at = out.probabilitiesAt + row * cols;
        double sum = 0;
        for (int c = 0; c < cols; c++) {
            sum += out.probabilities[at + c];
        }
        float logSum = (float) Math.log(sum);
        float inverse = (float) (1 / sum);
        for (int c = 0; c < cols; c++) {
            out.logs[logsAt + c] -= logSum;
            out.probabilities[at + c] *= inverse;
        }
    }

    /** Where the results go; one a thread. */
    static final class Result {
        private static final float[] NONE = new float[0];

        private final Elementwise elementwise;
        float[] logs = NONE;
        int logsAt;
        float[] probabilities = NONE;
        int probabilitiesAt;

        Result(Elementwise elementwise) {
            this.elementwise = elementwise;
        }
    }
}
