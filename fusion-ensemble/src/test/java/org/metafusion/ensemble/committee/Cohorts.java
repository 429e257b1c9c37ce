package org.metafusion.ensemble.committee;

import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.metafusion.core.modality.Targets;
import org.metafusion.core.modality.Task;

/** Made-up cohorts: every student says the truth plus noise of its own. */
final class Cohorts {

    private Cohorts() {}

    static Task.Classification classes(int count) {
        return new Task.Classification(
                IntStream.range(0, count).mapToObj(c -> "class" + c).toList());
    }

    static Task.Regression values(int count) {
        return new Task.Regression(
                IntStream.range(0, count).mapToObj(c -> "y" + c).toList());
    }

    static BitSet rows(int... rows) {
        BitSet set = new BitSet();
        IntStream.of(rows).forEach(set::set);
        return set;
    }

    /** Labels drawn from three classes' true logits; student s gives them with normal noise of scale {@code noise[s]}. */
    static ValidationOutputs classification(long seed, int rows, double... noise) {
        Random random = new Random(seed);
        int[] labels = new int[rows];
        float[][] outputs = new float[noise.length][rows * 3];
        for (int row = 0; row < rows; row++) {
            double[] logits = {1.7 * random.nextGaussian(), 1.7 * random.nextGaussian(), 1.7 * random.nextGaussian()};
            labels[row] = draw(logits, random);
            for (int s = 0; s < noise.length; s++) {
                for (int c = 0; c < 3; c++) {
                    outputs[s][row * 3 + c] = (float) (logits[c] + noise[s] * random.nextGaussian());
                }
            }
        }
        return ValidationOutputs.of(outputs, new Targets.Labels(classes(3), labels));
    }

    /** Two targets a row; student s gives them with normal noise of scale {@code noise[s]}. */
    static ValidationOutputs regression(long seed, int rows, double... noise) {
        Random random = new Random(seed);
        float[] targets = new float[rows * 2];
        float[][] outputs = new float[noise.length][rows * 2];
        for (int i = 0; i < targets.length; i++) {
            targets[i] = (float) (3 * random.nextGaussian());
            for (int s = 0; s < noise.length; s++) {
                outputs[s][i] = (float) (targets[i] + noise[s] * random.nextGaussian());
            }
        }
        return ValidationOutputs.of(outputs, new Targets.Values(values(2), targets));
    }

    /** The same students, each blind to about a third of the rows; what it says there is not a number. */
    static ValidationOutputs blinded(ValidationOutputs whole, long seed) {
        Random random = new Random(seed);
        BitSet[] visible = new BitSet[whole.students()];
        float[][] outputs = new float[whole.students()][];
        for (int s = 0; s < visible.length; s++) {
            visible[s] = new BitSet();
            outputs[s] = whole.outputs()[s].clone();
            for (int row = 0; row < whole.rows(); row++) {
                visible[s].set(row, random.nextInt(3) > 0);
                for (int c = 0; c < whole.width() && !visible[s].get(row); c++) {
                    outputs[s][row * whole.width() + c] = Float.NaN;
                }
            }
        }
        return ValidationOutputs.of(outputs, whole.targets(), visible);
    }

    static double[] equalNoise(int students, double noise) {
        return IntStream.range(0, students).mapToDouble(s -> noise).toArray();
    }

    /** The committee's mean loss on other rows of the same cohort, all visible. */
    static double lossOn(ValidationOutputs fresh, Committee committee) {
        List<float[]> outputs = IntStream.of(committee.members())
                .mapToObj(s -> fresh.outputs()[s])
                .toList();
        double[] combined = committee.combine(outputs, fresh.targets().task());
        float[] single = new float[combined.length];
        for (int i = 0; i < single.length; i++) {
            single[i] = (float) combined[i];
        }
        return ValidationOutputs.of(new float[][] {single}, fresh.targets()).losses()[0];
    }

    private static int draw(double[] logits, Random random) {
        double total = 0;
        for (double logit : logits) {
            total += Math.exp(logit);
        }
        double left = random.nextDouble() * total;
        for (int c = 0; c < logits.length - 1; c++) {
            left -= Math.exp(logits[c]);
            if (left < 0) {
                return c;
            }
        }
        return logits.length - 1;
    }
}
