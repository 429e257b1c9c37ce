package org.metafusion.training.alignment;

/**
 * The learnable temperature of InfoNCE as {@code logScale}, with {@code exp(logScale)} from {@code 1/0.07} on and never
 * above 100; a step of Adam at a time.
 */
final class Temperature {

    private static final double HIGHEST = Math.log(100);
    private static final double BETA1 = 0.9;
    private static final double BETA2 = 0.999;
    private static final double EPSILON = 1e-8;

    private final double learningRate;
    private double logScale = Math.log(1 / 0.07);
    private double m;
    private double v;
    private int steps;

    Temperature(double learningRate) {
        this.learningRate = learningRate;
    }

    double logScale() {
        return logScale;
    }

    void step(double gradient) {
        steps++;
        m = BETA1 * m + (1 - BETA1) * gradient;
        v = BETA2 * v + (1 - BETA2) * gradient * gradient;
        double direction = m / (1 - Math.pow(BETA1, steps)) / (Math.sqrt(v / (1 - Math.pow(BETA2, steps))) + EPSILON);
        logScale = Math.min(HIGHEST, logScale - learningRate * direction);
    }
}
