package org.metafusion.ensemble.signs;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.metafusion.core.cohort.Cohort;
import org.metafusion.core.modality.Targets;
import org.metafusion.ensemble.committee.ValidationOutputs;
import org.metafusion.ensemble.metric.PairedDifference;

/**
 * Modalities that do harm: for each set of modalities the best student that uses just these is compared with the best
 * that uses only some of them, row by row on the validation rows both see. A sign if its loss is higher, or its accuracy
 * lower at no lower loss, by more than a number of standard errors of the paired difference.
 */
final class Contradictions {

    private final Cohort cohort;
    private final ValidationOutputs validation;
    private final double standardErrors;

    Contradictions(Cohort cohort, ValidationOutputs validation, double standardErrors) {
        this.cohort = cohort;
        this.validation = validation;
        this.standardErrors = standardErrors;
    }

    List<Sign> signs() {
        Map<BitSet, Integer> best = bestBySet();
        List<Sign> signs = new ArrayList<>();
        best.forEach((set, student) -> best.entrySet().stream()
                .filter(other -> isProperSubset(other.getKey(), set))
                .map(Map.Entry::getValue)
                .reduce((a, b) -> loss(b) < loss(a) ? b : a)
                .ifPresent(lesser -> compare(student, lesser, signs)));
        return signs;
    }

    private Map<BitSet, Integer> bestBySet() {
        Map<BitSet, Integer> best = new LinkedHashMap<>();
        for (int s = 0; s < cohort.size(); s++) {
            if (Double.isFinite(loss(s))) {
                best.merge(modalities(s), s, (a, b) -> loss(b) < loss(a) ? b : a);
            }
        }
        return best;
    }

    private void compare(int more, int fewer, List<Sign> signs) {
        BitSet common = (BitSet) validation.visible()[more].clone();
        common.and(validation.visible()[fewer]);
        if (common.cardinality() < 2) {
            return;
        }
        double[] losses = validation.rowLosses(more);
        double[] lesserLosses = validation.rowLosses(fewer);
        PairedDifference rise = PairedDifference.of(losses, lesserLosses, common, validation.groups());
        StringBuilder figures = new StringBuilder(String.format(
                Locale.ROOT,
                "validation loss %.4g against %.4g of %s (difference %.3g, standard error %.2g)",
                mean(losses, common),
                mean(lesserLosses, common),
                label(fewer),
                rise.mean(),
                rise.standardError()));
        boolean worse = rise.exceeds(standardErrors);
        if (validation.targets() instanceof Targets.Labels labels) {
            double[] right = right(more, labels);
            double[] lesserRight = right(fewer, labels);
            worse |= rise.mean() >= 0
                    && PairedDifference.of(lesserRight, right, common, validation.groups())
                            .exceeds(standardErrors);
            figures.append(String.format(
                    Locale.ROOT, ", accuracy %.3f against %.3f", mean(right, common), mean(lesserRight, common)));
        }
        if (worse) {
            BitSet added = modalities(more);
            added.andNot(modalities(fewer));
            signs.add(new Sign(
                    Sign.Kind.CONTRADICTING_MODALITIES,
                    "Adding " + names(added) + " to " + names(modalities(fewer))
                            + " does harm: the best student of all, "
                            + label(more) + ", has " + figures + " on " + common.cardinality()
                            + " rows; the modalities may contradict each other, or what was added is mostly noise"));
        }
    }

    /** 1 where the student's most likely class is right, else 0. */
    private double[] right(int student, Targets.Labels labels) {
        int width = validation.width();
        float[] outputs = validation.outputs()[student];
        double[] right = new double[validation.rows()];
        for (int row = 0; row < right.length; row++) {
            int most = 0;
            for (int c = 1; c < width; c++) {
                if (outputs[row * width + c] > outputs[row * width + most]) {
                    most = c;
                }
            }
            right[row] = most == labels.labels()[row] ? 1 : 0;
        }
        return right;
    }

    private double loss(int student) {
        return validation.losses()[student];
    }

    private BitSet modalities(int student) {
        BitSet set = new BitSet();
        for (int m : cohort.students().get(student).modalities()) {
            set.set(m);
        }
        return set;
    }

    private String names(BitSet set) {
        return set.stream()
                .mapToObj(m -> "'" + cohort.modalities().get(m).name() + "'")
                .collect(Collectors.joining(" and "));
    }

    private String label(int student) {
        return cohort.students().get(student).label();
    }

    private static boolean isProperSubset(BitSet smaller, BitSet larger) {
        BitSet outside = (BitSet) smaller.clone();
        outside.andNot(larger);
        return outside.isEmpty() && !smaller.equals(larger);
    }

    static double mean(double[] values, BitSet rows) {
        return rows.stream().mapToDouble(row -> values[row]).average().orElseThrow();
    }
}
