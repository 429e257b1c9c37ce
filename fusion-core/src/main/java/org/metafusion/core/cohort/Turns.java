package org.metafusion.core.cohort;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.metafusion.core.fusion.Concatenation;
import org.metafusion.core.representation.Representation;
import org.metafusion.core.student.HeadSpec;
import org.metafusion.core.student.StudentSpec;

/**
 * Deals operators and heads to pairings, one student a turn: the least used operator, under the head that was least used
 * with it, then least used at all; ties in the order of the plan. Students with one modality have no operator, and take
 * the head that fewest of them have.
 */
final class Turns {

    private record Manner(String operator, HeadSpec head) {}

    private final List<Manner> fusing = new ArrayList<>();
    private final List<Manner> alone;
    private final Predicate<StudentSpec> allowed;
    private final Set<StudentSpec> students;
    private final Map<Object, Integer> fused = new HashMap<>();
    private final Map<Manner, Integer> unfused = new HashMap<>();

    /** @param students added to */
    Turns(List<String> operators, List<HeadSpec> heads, Predicate<StudentSpec> allowed, Set<StudentSpec> students) {
        this.allowed = allowed;
        this.students = students;
        for (String operator : operators) {
            heads.forEach(head -> fusing.add(new Manner(operator, head)));
        }
        alone = heads.stream().map(head -> new Manner(Concatenation.NAME, head)).toList();
    }

    /** A pairing of one modality, under the first head that is allowed. */
    void addAlone(List<Representation> pairing) {
        addFirst(pairing, alone).ifPresent(manner -> unfused.merge(manner, 1, Integer::sum));
    }

    /** A pairing, in a manner it has not been added in; nothing if there is none that is allowed. */
    void add(List<Representation> pairing) {
        long present = pairing.stream().filter(Representation::isPresent).count();
        if (present == 1) {
            addFirst(pairing, sorted(alone, Comparator.comparingInt(manner -> uses(unfused, manner))))
                    .ifPresent(manner -> unfused.merge(manner, 1, Integer::sum));
        } else if (present > 1) {
            Comparator<Manner> order = Comparator.comparingInt(manner -> uses(fused, manner.operator()));
            order = order.thenComparingInt(manner -> uses(fused, manner))
                    .thenComparingInt(manner -> uses(fused, manner.head()));
            addFirst(pairing, sorted(fusing, order)).ifPresent(manner -> {
                for (Object what : List.of(manner, manner.operator(), manner.head())) {
                    fused.merge(what, 1, Integer::sum);
                }
            });
        }
    }

    private static int uses(Map<?, Integer> uses, Object what) {
        Integer count = uses.get(what);
        return count == null ? 0 : count;
    }

    private static List<Manner> sorted(List<Manner> manners, Comparator<Manner> order) {
        return manners.stream().sorted(order).toList();
    }

    private Optional<Manner> addFirst(List<Representation> pairing, List<Manner> manners) {
        for (Manner manner : manners) {
            StudentSpec student = new StudentSpec(pairing, manner.operator(), manner.head());
            if (!students.contains(student) && allowed.test(student)) {
                students.add(student);
                return Optional.of(manner);
            }
        }
        return Optional.empty();
    }
}
