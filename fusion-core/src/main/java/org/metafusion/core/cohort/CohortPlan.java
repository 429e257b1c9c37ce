package org.metafusion.core.cohort;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import org.metafusion.core.FusionException;
import org.metafusion.core.fusion.Concatenation;
import org.metafusion.core.modality.Modality;
import org.metafusion.core.modality.Task;
import org.metafusion.core.representation.Representation;
import org.metafusion.core.student.HeadSpec;
import org.metafusion.core.student.StudentSpec;

/**
 * Which students a cohort has (Meta Fusion, arXiv 2507.20089, cross-modal pairing): every combination of one
 * representation a modality, null included and all-null left out, for every operator and head.
 *
 * <p>Of {@code k_m} present representations of modality {@code m} that is {@code prod_m (k_m + 1) - 1} pairings. Where
 * there are more students than {@link #maxStudents}, pairings take turns, in order: each modality alone with its first
 * representation, under the first head; for each place in the lists of representations, all modalities with the
 * representation at that place (the first is early fusion); then pairings drawn at random with a fixed seed, each
 * modality's representation (null included) equally likely. At its turn a pairing becomes <em>one</em> student, of the
 * operator that fewest students have so far that fuse anything, and of that operator's heads the one that fewest have
 * ({@link Turns}); when it is drawn again, another one. So operators and heads are represented about equally, each
 * operator under each head, as far as they can fuse the pairings at all.
 *
 * @param representations the present representations of each modality, in the order of the modalities; the first is
 *     the one a baseline uses (raw)
 * @param operators names of fusion operators; a student with one modality appears once, whatever the operators
 * @param heads the heads to pair with
 * @param maxStudents the cap
 * @param allowed restricts the pairings
 */
public record CohortPlan(
        List<List<Representation>> representations,
        List<String> operators,
        List<HeadSpec> heads,
        int maxStudents,
        Predicate<StudentSpec> allowed) {

    /** Plans of more pairings than this are sampled without counting them. */
    private static final int ENUMERATED = 20_000;

    private static final long SAMPLING_SEED = 0x5EED_C0407L;
    private static final Representation NULL = new Representation.Null();

    public CohortPlan {
        representations = representations.stream().map(List::copyOf).toList();
        operators = List.copyOf(operators);
        heads = List.copyOf(heads);
        if (representations.isEmpty() || representations.stream().anyMatch(List::isEmpty)) {
            throw new FusionException("Each modality needs one representation or more");
        }
        if (operators.isEmpty() || heads.isEmpty()) {
            throw new FusionException("A cohort plan needs one operator and one head or more");
        }
        if (maxStudents < 1) {
            throw new FusionException("The cap on students must be 1 or more but is " + maxStudents);
        }
    }

    /** All pairings under concatenation with one head. */
    public static CohortPlan allPairings(List<List<Representation>> representations, HeadSpec head, int maxStudents) {
        return new CohortPlan(representations, List.of(Concatenation.NAME), List.of(head), maxStudents, s -> true);
    }

    /** The number of students without the cap and the restriction. */
    public double uncappedSize() {
        double pairings = 1;
        double unimodal = 0;
        for (List<Representation> present : representations) {
            pairings *= present.size() + 1;
            unimodal += present.size();
        }
        return ((pairings - 1 - unimodal) * operators.size() + unimodal) * heads.size();
    }

    /**
     * The number of students without the cap: those that are allowed, or where there are more than {@value #ENUMERATED}
     * without the restriction, all of these.
     */
    public double allowedSize() {
        return uncappedSize() <= ENUMERATED ? enumerated().size() : uncappedSize();
    }

    private Set<StudentSpec> enumerated() {
        Set<StudentSpec> students = new LinkedHashSet<>();
        enumerate(new ArrayList<>(), students);
        return students;
    }

    /**
     * The cohort.
     *
     * @throws FusionException if the restriction leaves no student
     */
    public Cohort build(List<Modality> modalities, Task task) {
        if (modalities.size() != representations.size()) {
            throw new IllegalArgumentException("The plan has representations of " + representations.size()
                    + " modalities but there are " + modalities.size());
        }
        Set<StudentSpec> students = uncappedSize() <= ENUMERATED ? enumerated() : new LinkedHashSet<>();
        if (uncappedSize() > ENUMERATED || students.size() > maxStudents) {
            students.clear();
            sample(students);
        }
        if (students.isEmpty()) {
            throw new FusionException("The restriction allows no student; loosen it");
        }
        return new Cohort(modalities, task, List.copyOf(students));
    }

    private void enumerate(List<Representation> chosen, Set<StudentSpec> students) {
        if (chosen.size() == representations.size()) {
            add(chosen, students);
            return;
        }
        List<Representation> options = new ArrayList<>(representations.get(chosen.size()));
        options.add(NULL);
        for (Representation option : options) {
            chosen.add(option);
            enumerate(chosen, students);
            chosen.remove(chosen.size() - 1);
        }
    }

    private void sample(Set<StudentSpec> students) {
        Turns turns = new Turns(operators, heads, allowed, students);
        int modalities = representations.size();
        for (int m = 0; m < modalities && students.size() < maxStudents; m++) {
            List<Representation> alone = new ArrayList<>(java.util.Collections.nCopies(modalities, NULL));
            alone.set(m, representations.get(m).get(0));
            turns.addAlone(alone);
        }
        int places = representations.stream().mapToInt(List::size).max().orElseThrow();
        for (int place = 0; place < places && students.size() < maxStudents; place++) {
            int p = place;
            turns.add(representations.stream()
                    .map(r -> r.get(Math.min(p, r.size() - 1)))
                    .toList());
        }
        SplittableRandom random = new SplittableRandom(SAMPLING_SEED);
        for (long draw = 0; draw < 1000L * maxStudents && students.size() < maxStudents; draw++) {
            List<Representation> pairing = new ArrayList<>();
            for (List<Representation> present : representations) {
                int choice = random.nextInt(present.size() + 1);
                pairing.add(choice < present.size() ? present.get(choice) : NULL);
            }
            turns.add(pairing);
        }
    }

    private void add(List<Representation> pairing, Set<StudentSpec> students) {
        long present = pairing.stream().filter(Representation::isPresent).count();
        if (present == 0) {
            return;
        }
        for (HeadSpec head : heads) {
            for (String operator : present == 1 ? List.of(Concatenation.NAME) : operators) {
                StudentSpec student = new StudentSpec(pairing, operator, head);
                if (allowed.test(student)) {
                    students.add(student);
                }
            }
        }
    }
}
