package org.metafusion.testkit;

import java.util.function.ToDoubleFunction;

/** Gradients by central differences, {@code (f(x + h) - f(x - h)) / 2h} an element, to check a backward pass with. */
public final class FiniteDifferences {

    private static final double STEP = 1e-5;

    private FiniteDifferences() {}

    /** The gradient of {@code function} at {@code at}, exact to about 1e-9 relative where it is smooth. */
    public static Matrix gradient(ToDoubleFunction<Matrix> function, Matrix at) {
        Matrix gradient = Matrix.zeros(at.rows(), at.cols());
        for (int i = 0; i < at.rows(); i++) {
            for (int j = 0; j < at.cols(); j++) {
                Matrix above = at.copy();
                above.add(i, j, STEP);
                Matrix below = at.copy();
                below.add(i, j, -STEP);
                double slope = function.applyAsDouble(above) - function.applyAsDouble(below);
                gradient.set(i, j, slope / (2 * STEP));
            }
        }
        return gradient;
    }

    /** {@code sum left * right}: with {@code left} an output's gradient, the scalar whose gradient a backward pass is. */
    public static double dot(Matrix left, Matrix right) {
        double sum = 0;
        for (int i = 0; i < left.rows(); i++) {
            for (int j = 0; j < left.cols(); j++) {
                sum += left.get(i, j) * right.get(i, j);
            }
        }
        return sum;
    }
}
