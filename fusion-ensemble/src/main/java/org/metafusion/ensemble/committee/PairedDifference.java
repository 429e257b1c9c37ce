package org.metafusion.ensemble.committee;

/** The mean of paired differences {@code a_i - b_i} and its standard error {@code sd / sqrt(n)}. */
record PairedDifference(double mean, double standardError) {

    /** Over the given indices, two or more. */
    static PairedDifference of(double[] a, double[] b, int[] indices) {
        double mean = 0;
        for (int i : indices) {
            mean += (a[i] - b[i]) / indices.length;
        }
        double squares = 0;
        for (int i : indices) {
            double deviation = a[i] - b[i] - mean;
            squares += deviation * deviation;
        }
        return new PairedDifference(mean, Math.sqrt(squares / (indices.length - 1.0) / indices.length));
    }
}
