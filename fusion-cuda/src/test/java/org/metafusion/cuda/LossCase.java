package org.metafusion.cuda;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.metafusion.testkit.Matrix;

/**
 * The operands of a loss: a student lacks about every fifth row, and learns from about two thirds of its peers.
 *
 * @param labels {@code [n, 1]} class numbers
 * @param targets {@code [n, k]} values
 * @param divergence {@code [students, students]}
 */
record LossCase(
        List<Matrix> outputs,
        List<Matrix> weights,
        Matrix labels,
        Matrix targets,
        Matrix divergence,
        float rho,
        float temperature) {

    /** A value for an element of a student's matrix. */
    interface Values {
        double of(int student, int element);
    }

    static LossCase random(int students, int n, int k) {
        Random random = new Random(31L * n + k + 1000L * students);
        List<Matrix> outputs = new ArrayList<>();
        List<Matrix> weights = new ArrayList<>();
        for (int s = 0; s < students; s++) {
            outputs.add(Matrix.random(n, k, random));
            weights.add(Matrix.zeros(n, 1).map(ignored -> random.nextInt(5) == 0 ? 0 : 1));
        }
        Matrix labels = Matrix.zeros(n, 1).map(ignored -> random.nextInt(k));
        Matrix divergence = Matrix.zeros(students, students)
                .map(ignored -> random.nextInt(3) == 0 ? 0 : (float) (random.nextDouble() / students));
        return new LossCase(outputs, weights, labels, Matrix.random(n, k, random), divergence, 0f, 1f);
    }

    LossCase mutual(float newRho, float newTemperature) {
        return new LossCase(outputs, weights, labels, targets, divergence, newRho, newTemperature);
    }

    LossCase alone() {
        return mutual(0f, temperature);
    }

    LossCase firstTwo() {
        return new LossCase(
                outputs.subList(0, 2), weights.subList(0, 2), labels, targets, divergence, rho, temperature);
    }

    LossCase withOutputs(Values values) {
        return new LossCase(map(outputs, values), weights, labels, targets, divergence, rho, temperature);
    }

    LossCase withWeights(Values values) {
        return new LossCase(outputs, map(weights, values), labels, targets, divergence, rho, temperature);
    }

    private static List<Matrix> map(List<Matrix> matrices, Values values) {
        List<Matrix> mapped = new ArrayList<>();
        for (int s = 0; s < matrices.size(); s++) {
            Matrix matrix = matrices.get(s).copy();
            for (int i = 0; i < matrix.rows() * matrix.cols(); i++) {
                matrix.set(i / matrix.cols(), i % matrix.cols(), values.of(s, i));
            }
            mapped.add(matrix);
        }
        return mapped;
    }

    /** The labels with another one in one row. */
    Matrix labelled(int row, double label) {
        Matrix changed = labels.copy();
        changed.set(row, 0, label);
        return changed;
    }

    int students() {
        return outputs.size();
    }

    int n() {
        return labels.rows();
    }

    int k() {
        return targets.cols();
    }

    float[][] stack() {
        return Stack.of(outputs).matrices();
    }

    /** What earlier calls left in the totals. */
    float[][] totals() {
        float[][] totals = new float[students()][];
        for (int s = 0; s < totals.length; s++) {
            totals[s] = new float[] {s + 0.5f, 2f - s};
        }
        return totals;
    }

    /** One over the rows of each student, 0 for none. */
    float[] inverse() {
        float[] inverse = new float[students()];
        for (int s = 0; s < inverse.length; s++) {
            double rows = 0;
            for (double weight : weights.get(s).values()) {
                rows += weight;
            }
            inverse[s] = rows > 0 ? (float) (1 / rows) : 0f;
        }
        return inverse;
    }

    /** One over the rows that the first two students both have. */
    float inverseTogether() {
        double rows = 0;
        for (int i = 0; i < n(); i++) {
            rows += weights.get(0).get(i, 0) * weights.get(1).get(i, 0);
        }
        return rows > 0 ? (float) (1 / rows) : 0f;
    }

    /** The largest output, 1 or more. */
    double magnitude() {
        double largest = 1;
        for (Matrix matrix : outputs) {
            for (double value : matrix.values()) {
                largest = Math.max(largest, Double.isNaN(value) ? 0 : Math.abs(value));
            }
        }
        return largest;
    }

    @Override
    public String toString() {
        return "[" + students() + ", " + n() + ", " + k() + "] rho " + rho + " temperature " + temperature;
    }
}
