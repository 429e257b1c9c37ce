package org.metafusion.core.student;

import java.util.BitSet;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.metafusion.core.fusion.FactorisedFusion;
import org.metafusion.core.representation.Representation;

/**
 * A student: one representation a modality, a fusion operator and a head.
 *
 * @param representations one a modality, in the cohort's order of modalities; at least one is present
 * @param operator the name of the {@link org.metafusion.core.fusion.FusionOperator}
 * @param head the head that follows the fusion
 */
public record StudentSpec(List<Representation> representations, String operator, HeadSpec head) {

    public StudentSpec {
        representations = List.copyOf(representations);
        if (representations.stream().noneMatch(Representation::isPresent)) {
            throw new IllegalArgumentException("A student needs one modality or more; all representations are null");
        }
    }

    /** The modalities it uses, ascending; it needs all of them unless it is {@linkplain #isTolerant tolerant}. */
    public int[] modalities() {
        return IntStream.range(0, representations.size())
                .filter(m -> representations.get(m).isPresent())
                .toArray();
    }

    /** Whether it answers as soon as one of its modalities is there, and by all of those that are. */
    public boolean isTolerant() {
        return operator.startsWith(FactorisedFusion.NAME) && modalities().length > 1;
    }

    /** Whether it has an answer for a row with these modalities. */
    public boolean canAnswer(BitSet available) {
        IntStream used = IntStream.of(modalities());
        return isTolerant() ? used.anyMatch(available::get) : used.allMatch(available::get);
    }

    /** Whether it uses only modality {@code m}. */
    public boolean isUnimodal(int m) {
        int[] used = modalities();
        return used.length == 1 && used[0] == m;
    }

    /** The same pairing under another head. */
    public StudentSpec withHead(HeadSpec other) {
        return new StudentSpec(representations, operator, other);
    }

    /** Its representations joined by {@code |}, such as {@code raw|pca32}; the operator in front unless plain. */
    public String label() {
        String joined = representations.stream().map(Representation::label).collect(Collectors.joining("|"));
        String fused = operator.equals("concatenation") ? joined : operator + "(" + joined + ")";
        return head.hidden().isEmpty() ? fused + " linear" : fused;
    }
}
