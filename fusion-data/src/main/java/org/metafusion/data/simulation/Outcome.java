package org.metafusion.data.simulation;

import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.metafusion.core.modality.Targets;
import org.metafusion.core.modality.Task;

/** How the targets follow from the latents. Nothing here adds noise. */
interface Outcome {

    Targets targets(LatentFactors latents, NumberStream numbers);

    DoubleUnaryOperator LINEAR = u -> u;
    DoubleUnaryOperator QUADRATIC = u -> u * u - u;

    /** {@code y = sum beta u_x + sum beta u_z}. */
    static Outcome ofBoth() {
        return (latents, numbers) -> {
            double[] y = new double[latents.rows()];
            addEffects(y, latents.x(), LINEAR, numbers);
            addEffects(y, latents.z(), LINEAR, numbers);
            return values(y);
        };
    }

    /** {@code y = sum beta (u_x^2 - u_x) + sum beta u_z + sum beta u_x u_z} over 10 % of the pairs of an x and a z latent. */
    static Outcome ofInteractions() {
        return (latents, numbers) -> {
            double[] y = new double[latents.rows()];
            addEffects(y, latents.x(), QUADRATIC, numbers);
            addEffects(y, latents.z(), LINEAR, numbers);
            int ofX = latents.x()[0].length;
            int ofZ = latents.z()[0].length;
            for (int pair : numbers.choose(ofX * ofZ / 10, ofX * ofZ)) {
                double beta = beta(numbers);
                for (int row = 0; row < y.length; row++) {
                    y[row] += beta * latents.x()[row][pair / ofZ] * latents.z()[row][pair % ofZ];
                }
            }
            return values(y);
        };
    }

    /** {@code y = sum beta t(s)} over the shared latents. */
    static Outcome ofShared(DoubleUnaryOperator transform) {
        return (latents, numbers) -> {
            double[] y = new double[latents.rows()];
            addEffects(y, latents.shared(), transform, numbers);
            return values(y);
        };
    }

    /**
     * Four classes of two yes-or-no questions, {@code 1.5 mean(u_x) sqrt(d) + s_0 > 0} and
     * {@code 1.5 mean(u_z) sqrt(d) + s_1 > 0}: each modality answers its own question and, by the shared latent, has a
     * hunch about the other.
     */
    static Outcome ofTwoQuestions() {
        return (latents, numbers) -> {
            int[] labels = new int[latents.rows()];
            for (int row = 0; row < labels.length; row++) {
                boolean first = 1.5 * standardSum(latents.x()[row]) + latents.shared()[row][0] > 0;
                boolean second = 1.5 * standardSum(latents.z()[row]) + latents.shared()[row][1] > 0;
                labels[row] = (first ? 2 : 0) + (second ? 1 : 0);
            }
            return new Targets.Labels(new Task.Classification(List.of("no-no", "no-yes", "yes-no", "yes-yes")), labels);
        };
    }

    private static double standardSum(double[] latents) {
        double sum = 0;
        for (double latent : latents) {
            sum += latent;
        }
        return sum / Math.sqrt(latents.length);
    }

    private static double beta(NumberStream numbers) {
        return numbers.uniform(-3, 3);
    }

    private static void addEffects(
            double[] y, double[][] latents, DoubleUnaryOperator transform, NumberStream numbers) {
        for (int l = 0; l < latents[0].length; l++) {
            double beta = beta(numbers);
            for (int row = 0; row < y.length; row++) {
                y[row] += beta * transform.applyAsDouble(latents[row][l]);
            }
        }
    }

    private static Targets values(double[] y) {
        float[] values = new float[y.length];
        for (int row = 0; row < y.length; row++) {
            values[row] = (float) y[row];
        }
        return new Targets.Values(new Task.Regression(List.of("y")), values);
    }
}
