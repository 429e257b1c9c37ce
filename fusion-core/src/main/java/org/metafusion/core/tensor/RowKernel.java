package org.metafusion.core.tensor;

/**
 * A dense layer on a single row in the host's memory, for predictions where a backend's calls would cost more than they
 * compute. Implementations are stateless: they serve any number of threads.
 */
public interface RowKernel {

    /**
     * {@code y[j] = b[j] + sum over i of x[i] w[i, j]}, summed in the order of the inputs.
     *
     * @param y {@code [outputs]}, overwritten
     * @param x {@code [inputs]} or longer
     * @param weights {@code [inputs, outputs]} row-major
     * @param bias {@code [outputs]}
     */
    void dense(float[] y, float[] x, float[] weights, float[] bias);

    /** Plain loops, for every machine. */
    RowKernel PLAIN = (y, x, weights, bias) -> {
        int outputs = bias.length;
        System.arraycopy(bias, 0, y, 0, outputs);
        int at = 0;
        for (int i = 0; at < weights.length; i++) {
            float factor = x[i];
            for (int j = 0; j < outputs; j++) {
                y[j] += factor * weights[at + j];
            }
            at += outputs;
        }
    };
}
