package org.metafusion.sql;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The columns that are no features. What is not named is looked for under its usual name and may be absent.
 *
 * @param id usually {@code id}
 * @param labels usually {@code label} or {@code target}; several are targets to regress on
 * @param split usually {@code split}
 * @param random in place of a column, how rows are dealt
 * @param group usually {@code group}
 */
public record Roles(
        Optional<String> id,
        List<String> labels,
        Optional<String> split,
        Optional<RandomSplit> random,
        Optional<String> group) {

    public Roles {
        labels = List.copyOf(labels);
    }

    /** Those of these columns that have a role. */
    Set<String> among(List<String> columns) {
        Set<String> taken = new HashSet<>(labels);
        if (labels.isEmpty()) {
            taken.add(columns.contains("label") ? "label" : "target");
        }
        taken.add(id.orElse("id"));
        taken.add(split.orElse("split")); // Also where rows are dealt: it says of them what a feature must not.
        taken.add(group.orElse("group"));
        taken.retainAll(columns);
        return taken;
    }

    /** Every column under its usual name. */
    public static Roles usual() {
        return new Roles(Optional.empty(), List.of(), Optional.empty(), Optional.empty(), Optional.empty());
    }
}
