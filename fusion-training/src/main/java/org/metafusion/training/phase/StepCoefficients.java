package org.metafusion.training.phase;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.metafusion.training.balance.AdaptiveModulation;
import org.metafusion.training.balance.Coalitions;
import org.metafusion.training.balance.Modulation;
import org.metafusion.training.balance.ModulationOptions;
import org.metafusion.training.balance.OnTheFlyModulation;
import org.metafusion.training.balance.RowTargets;
import org.metafusion.training.network.CohortLayout;

/**
 * The coefficients of a step, from what students say about its batch: OGM asks for each modality alone, so one pass a
 * modality; AGM for every set of them, {@code 2^M - 1} passes, so it is refused beyond
 * {@value org.metafusion.training.balance.Coalitions#MOST_MODALITIES} modalities. Keeps AGM's averages of each student.
 *
 * <p>AGM attributes logits by {@link Coalitions#shapley} with {@code v(none) = 0}, no evidence for any class, so that what
 * is attributed adds up to the student's logits, as in the paper for two modalities.
 */
final class StepCoefficients {

    private final ModulationOptions options;
    private final RowTargets rows;
    private final CohortLayout layout;
    private final int modalities;
    private final Map<Integer, AdaptiveModulation> adaptive = new TreeMap<>();

    StepCoefficients(ModulationOptions options, RowTargets rows, CohortLayout layout) {
        this.options = options;
        this.rows = rows;
        this.layout = layout;
        this.modalities = layout.cohort().modalities().size();
    }

    /** The sets of modalities, as bits, whose outputs {@link #of} needs. */
    List<Integer> coalitions() {
        return options.kind() == Modulation.AGM
                ? IntStream.range(1, Coalitions.count(modalities)).boxed().toList()
                : IntStream.range(0, modalities).mapToObj(m -> 1 << m).toList();
    }

    /**
     * One coefficient a modality of the cohort; 1 for those the student does not read, and for all if it sees no row.
     *
     * @param place of the student in the outputs {@code [students, rows, outputs]} by coalition
     * @param batch the rows' numbers
     */
    double[] of(int student, int place, Map<Integer, float[]> outputs, int[] batch) {
        double[] coefficients = new double[modalities];
        Arrays.fill(coefficients, 1);
        int[] own = layout.modalities(student);
        int[] seen =
                Arrays.stream(batch).filter(row -> rows.isSeen(student, row)).toArray();
        if (seen.length > 0) {
            Batch rowsSeen = new Batch(outputs, place * batch.length * rows.width(), batch, own);
            double[] found = options.kind() == Modulation.AGM
                    ? adaptive.computeIfAbsent(
                                    student, s -> new AdaptiveModulation(own.length, options.alpha(), options.cap()))
                            .coefficients(crossEntropies(student, rowsSeen))
                    : new OnTheFlyModulation(options.alpha()).coefficients(scores(student, rowsSeen));
            for (int i = 0; i < own.length; i++) {
                coefficients[own[i]] = found[i];
            }
        }
        return coefficients;
    }

    /** A student's outputs on a batch. */
    private record Batch(Map<Integer, float[]> outputs, int offset, int[] rows, int[] own) {

        /** The logits of a row with the student's modalities whose bits are set, its first being bit 0. */
        double[] logits(int index, int coalition, int width) {
            double[] logits = new double[width];
            if (coalition != 0) {
                int mask = 0;
                for (int i = 0; i < own.length; i++) {
                    mask |= (coalition & 1 << i) != 0 ? 1 << own[i] : 0;
                }
                float[] all = Objects.requireNonNull(outputs.get(mask));
                for (int c = 0; c < width; c++) {
                    logits[c] = all[offset + index * width + c];
                }
            }
            return logits;
        }
    }

    /** {@code s_m} of OGM: the true class's probability from each modality alone, summed over the rows seen. */
    private double[] scores(int student, Batch batch) {
        double[] scores = new double[batch.own.length];
        for (int i = 0; i < batch.rows.length; i++) {
            int row = batch.rows[i];
            if (rows.isSeen(student, row)) {
                for (int m = 0; m < scores.length; m++) {
                    scores[m] += Math.exp(-rows.crossEntropy(batch.logits(i, 1 << m, rows.width()), row));
                }
            }
        }
        return scores;
    }

    /** {@code s_m} of AGM: the mean cross-entropy of the logits attributed to each modality. */
    private double[] crossEntropies(int student, Batch batch) {
        double[] sums = new double[batch.own.length];
        int count = 0;
        double[][] value = new double[Coalitions.count(sums.length)][];
        for (int i = 0; i < batch.rows.length; i++) {
            int row = batch.rows[i];
            if (rows.isSeen(student, row)) {
                count++;
                for (int coalition = 0; coalition < value.length; coalition++) {
                    value[coalition] = batch.logits(i, coalition, rows.width());
                }
                double[][] attributed = Coalitions.shapley(value);
                for (int m = 0; m < sums.length; m++) {
                    sums[m] += rows.crossEntropy(attributed[m], row);
                }
            }
        }
        double rowsSeen = count;
        return Arrays.stream(sums).map(sum -> sum / rowsSeen).toArray();
    }
}
