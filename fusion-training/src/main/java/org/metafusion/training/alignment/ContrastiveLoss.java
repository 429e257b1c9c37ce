package org.metafusion.training.alignment;

/**
 * Symmetric InfoNCE (van den Oord et al. 2018; Radford et al. 2021) of {@code n} pairs of embeddings, with its gradients.
 *
 * <p>With {@code u, v} the rows of {@code x, y [n, width]} at length 1 and {@code L = exp(logScale) u v^T}, the mean of the
 * cross-entropies of L's rows and of its columns, each with the diagonal as the right answer:
 * {@code dL = ((softmax of rows) + (softmax of columns) - 2 I) / 2n}. Computed on the host in double precision: a batch has
 * {@code n^2 width} multiplications, little beside the encoders'.
 *
 * @param dX {@code [n, width]}
 * @param dY {@code [n, width]}
 */
record ContrastiveLoss(double loss, double[] dX, double[] dY, double dLogScale) {

    private static final double SHORTEST = 1e-12;

    /** The loss of pairs {@code (x[i], y[i])}. */
    static ContrastiveLoss of(double[] x, double[] y, int n, double logScale) {
        int width = x.length / n;
        double[] lengthX = new double[n];
        double[] lengthY = new double[n];
        double[] u = normalised(x, n, lengthX);
        double[] v = normalised(y, n, lengthY);
        double scale = Math.exp(logScale);
        double[] logits = new double[n * n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                logits[i * n + j] = scale * dot(u, i * width, v, j * width, width);
            }
        }
        double[] dLogits = new double[n * n];
        double loss = (addDirection(logits, dLogits, n, n, 1) + addDirection(logits, dLogits, n, 1, n)) / 2;
        double dLogScale = dot(dLogits, 0, logits, 0, n * n);
        double[] dU = new double[x.length];
        double[] dV = new double[y.length];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                double g = scale * dLogits[i * n + j];
                for (int k = 0; k < width; k++) {
                    dU[i * width + k] += g * v[j * width + k];
                    dV[j * width + k] += g * u[i * width + k];
                }
            }
        }
        return new ContrastiveLoss(
                loss, throughNormalisation(dU, u, lengthX), throughNormalisation(dV, v, lengthY), dLogScale);
    }

    private static double dot(double[] a, int fromA, double[] b, int fromB, int count) {
        double sum = 0;
        for (int k = 0; k < count; k++) {
            sum += a[fromA + k] * b[fromB + k];
        }
        return sum;
    }

    private static double[] normalised(double[] x, int n, double[] lengths) {
        int width = x.length / n;
        double[] unit = new double[x.length];
        for (int i = 0; i < n; i++) {
            lengths[i] = Math.max(SHORTEST, Math.sqrt(dot(x, i * width, x, i * width, width)));
            for (int k = 0; k < width; k++) {
                unit[i * width + k] = x[i * width + k] / lengths[i];
            }
        }
        return unit;
    }

    /**
     * The mean cross-entropy in one direction; half its gradient is added to {@code dLogits}.
     *
     * @param next from one question to the next: n for rows, 1 for columns
     * @param step from one answer to the next
     */
    private static double addDirection(double[] logits, double[] dLogits, int n, int next, int step) {
        double loss = 0;
        for (int i = 0; i < n; i++) {
            double highest = Double.NEGATIVE_INFINITY;
            for (int j = 0; j < n; j++) {
                highest = Math.max(highest, logits[i * next + j * step]);
            }
            double sum = 0;
            for (int j = 0; j < n; j++) {
                sum += Math.exp(logits[i * next + j * step] - highest);
            }
            double logSum = highest + Math.log(sum);
            for (int j = 0; j < n; j++) {
                double p = Math.exp(logits[i * next + j * step] - logSum);
                dLogits[i * next + j * step] += (p - (i == j ? 1 : 0)) / (2 * n);
            }
            loss += (logSum - logits[i * n + i]) / n;
        }
        return loss;
    }

    /** {@code (dU - u (u . dU)) / length}, row by row. */
    private static double[] throughNormalisation(double[] dUnit, double[] unit, double[] lengths) {
        int width = dUnit.length / lengths.length;
        double[] d = new double[dUnit.length];
        for (int i = 0; i < lengths.length; i++) {
            double along = dot(dUnit, i * width, unit, i * width, width);
            for (int k = 0; k < width; k++) {
                d[i * width + k] = (dUnit[i * width + k] - along * unit[i * width + k]) / lengths[i];
            }
        }
        return d;
    }
}
