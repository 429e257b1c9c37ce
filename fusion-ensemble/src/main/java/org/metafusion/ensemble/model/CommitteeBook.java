package org.metafusion.ensemble.model;

import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.metafusion.core.modality.Samples;
import org.metafusion.core.student.StudentSpec;
import org.metafusion.ensemble.committee.Committee;
import org.metafusion.ensemble.committee.CommitteeSelection;
import org.metafusion.ensemble.committee.PartialOutputs;
import org.metafusion.ensemble.committee.Temperature;
import org.metafusion.ensemble.committee.ValidationOutputs;

/**
 * One committee for each set of modalities that may be there: selected among the students that need no other, or that
 * answer by what is there, on the
 * validation rows that have the whole set (on all rows where fewer than {@value #FEWEST_ROWS} have).
 *
 * <p>Every set has one where there are at most {@value #ALL_SETS} modalities; beyond, the single modalities, the full
 * set, the full set less one, and the sets seen in the data have. For another set the committee of the lowest
 * validation loss serves, among those of its subsets.
 *
 * <p>Each is {@linkplain Temperature calibrated} on the rows it was selected on.
 */
public final class CommitteeBook {

    private static final int ALL_SETS = 6;
    private static final int FEWEST_ROWS = 10;

    private final Map<BitSet, Committee> committees;

    public CommitteeBook(Map<BitSet, Committee> committees) {
        this.committees = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(committees));
    }

    /** Selects a committee for every set of modalities a model should know. */
    public static CommitteeBook select(
            CommitteeSelection selection, PartialOutputs validation, Samples rows, List<StudentSpec> students) {
        return select(selection, validation, rows, students, masks(rows));
    }

    /**
     * Selects the committees for the given sets of modalities.
     *
     * @param partial what the students say about the validation rows
     * @param rows those rows
     * @param students of the cohort, in the order of {@code partial}
     */
    public static CommitteeBook select(
            CommitteeSelection selection,
            PartialOutputs partial,
            Samples rows,
            List<StudentSpec> students,
            Set<BitSet> masks) {
        Map<BitSet, Committee> committees = new LinkedHashMap<>();
        for (BitSet mask : masks) {
            ValidationOutputs validation = partial.when(mask);
            int[] able = IntStream.range(0, students.size())
                    .filter(s -> students.get(s).canAnswer(mask))
                    .filter(s -> Double.isFinite(validation.losses()[s]))
                    .toArray();
            if (able.length > 0) {
                committees.put(mask, among(able, selection, restricted(validation, able, rows, mask)));
            }
        }
        return new CommitteeBook(committees);
    }

    private static Committee among(int[] able, CommitteeSelection selection, ValidationOutputs validation) {
        Committee committee = Temperature.calibrate(selection.select(validation), validation);
        return committee.renumbered(
                IntStream.of(committee.members()).map(i -> able[i]).toArray());
    }

    private static ValidationOutputs restricted(ValidationOutputs validation, int[] able, Samples rows, BitSet mask) {
        float[][] outputs = new float[able.length][];
        BitSet[] visible = new BitSet[able.length];
        double[] losses = new double[able.length];
        for (int i = 0; i < able.length; i++) {
            outputs[i] = validation.outputs()[able[i]];
            visible[i] = validation.visible()[able[i]];
            losses[i] = validation.losses()[able[i]];
        }
        ValidationOutputs among =
                new ValidationOutputs(outputs, validation.targets(), visible, losses, validation.groups());
        int[] judging = judging(rows, mask);
        return judging.length == rows.rows() ? among : among.select(judging);
    }

    /** What the students say about the rows that the committee for all modalities is selected on. */
    public static ValidationOutputs judged(PartialOutputs partial, Samples rows) {
        BitSet all = Masks.all(rows.tables().size());
        return partial.when(all).select(judging(rows, all));
    }

    /** The validation rows that the committee for a set of modalities is selected on, ascending. */
    public static int[] judging(Samples rows, BitSet mask) {
        int[] all = IntStream.range(0, rows.rows()).toArray();
        int[] whole = IntStream.of(all)
                .filter(row -> Masks.contains(rows.available(row), mask))
                .toArray();
        return whole.length < FEWEST_ROWS ? all : whole;
    }

    private static Set<BitSet> masks(Samples rows) {
        int modalities = rows.tables().size();
        Set<BitSet> masks = new LinkedHashSet<>();
        masks.add(Masks.all(modalities));
        if (modalities <= ALL_SETS) {
            for (int bits = 1; bits < 1 << modalities; bits++) {
                masks.add(BitSet.valueOf(new long[] {bits}));
            }
            return masks;
        }
        for (int m = 0; m < modalities; m++) {
            masks.add(Masks.of(m));
            BitSet others = Masks.all(modalities);
            others.clear(m);
            masks.add(others);
        }
        masks.addAll(seen(rows));
        return masks;
    }

    /** The sets of modalities the rows have. */
    public static Set<BitSet> seen(Samples rows) {
        Set<BitSet> masks = new LinkedHashSet<>();
        for (int row = 0; row < rows.rows(); row++) {
            masks.add(rows.available(row));
        }
        masks.removeIf(BitSet::isEmpty);
        return masks;
    }

    /** The committee for the full set of {@code modalities} modalities. */
    public Committee full(int modalities) {
        Committee committee = committees.get(Masks.all(modalities));
        if (committee == null) {
            throw new IllegalStateException("No committee for all " + modalities + " modalities");
        }
        return committee;
    }

    /** The committee to ask when these modalities are there. */
    public java.util.Optional<Committee> forAvailable(BitSet mask) {
        Committee exact = committees.get(mask);
        if (exact != null) {
            return java.util.Optional.of(exact);
        }
        return committees.entrySet().stream()
                .filter(entry -> Masks.contains(mask, entry.getKey()))
                .map(Map.Entry::getValue)
                .min(java.util.Comparator.comparingDouble(Committee::validationLoss));
    }

    /** By set of modalities. */
    public Map<BitSet, Committee> all() {
        return committees;
    }

    /** The students that are a member of any committee. */
    public SortedSet<Integer> students() {
        SortedSet<Integer> students = new TreeSet<>();
        committees.values().forEach(c -> IntStream.of(c.members()).forEach(students::add));
        return students;
    }

    /** The same committees with students renumbered: {@code numbers.get(old)} is the new number. */
    CommitteeBook renumbered(Map<Integer, Integer> numbers) {
        Map<BitSet, Committee> renumbered = new LinkedHashMap<>();
        committees.forEach((mask, c) -> renumbered.put(
                mask,
                c.renumbered(IntStream.of(c.members())
                        .map(s -> java.util.Objects.requireNonNull(numbers.get(s)))
                        .toArray())));
        return new CommitteeBook(renumbered);
    }
}
