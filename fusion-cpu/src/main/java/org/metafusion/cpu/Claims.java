package org.metafusion.cpu;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.metafusion.core.tensor.Members;
import org.metafusion.core.tensor.OptimizerKernels.ParameterLayout;

/**
 * Which student owns which part of a flat buffer, as far as views and layouts have said. Students may run at the same
 * time only on parts that nobody else claims; a buffer of which two students claim the same element is
 * <em>entangled</em>, and calls on it run alone.
 */
final class Claims {

    private final TreeMap<Integer, Claim> byStart = new TreeMap<>();
    private boolean entangled;
    private @Nullable ParameterLayout known;

    private record Claim(int start, int end, int student) {}

    /** Whether two students claim the same element. */
    boolean entangled() {
        return entangled;
    }

    /** Claims a matrix of {@code length} elements a member, from {@code offsets} on. */
    void claim(Members members, int[] offsets, int length) {
        for (int i = 0; i < offsets.length; i++) {
            claim(offsets[i], offsets[i] + length, members.student(i));
        }
    }

    /** Claims the parts of a layout; asking again with an equal one costs nothing. */
    void claim(ParameterLayout layout) {
        ParameterLayout last = known;
        if (last != null && (last == layout || sameParts(last, layout))) {
            return;
        }
        int[] bounds = layout.bounds();
        for (int i = 0; i < bounds.length / 2; i++) {
            claim(bounds[2 * i], bounds[2 * i + 1], layout.members().student(i));
        }
        known = new ParameterLayout(layout.members(), bounds.clone());
    }

    private static boolean sameParts(ParameterLayout one, ParameterLayout other) {
        return Arrays.equals(one.bounds(), other.bounds()) && one.members().equals(other.members());
    }

    private void claim(int from, int to, int student) {
        if (from >= to) {
            return;
        }
        int start = from;
        int end = to;
        Map.Entry<Integer, Claim> left = byStart.lowerEntry(end);
        while (left != null && left.getValue().end > start) {
            Claim other = left.getValue();
            if (other.student != student) {
                entangled = true;
                return;
            }
            start = Math.min(start, other.start);
            end = Math.max(end, other.end);
            byStart.remove(other.start);
            left = byStart.lowerEntry(end);
        }
        byStart.put(start, new Claim(start, end, student));
    }
}
