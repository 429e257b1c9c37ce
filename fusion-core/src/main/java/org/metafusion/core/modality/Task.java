package org.metafusion.core.modality;

import java.util.LinkedHashSet;
import java.util.List;
import org.metafusion.core.FusionException;

/** What is learned: classes or values. */
public sealed interface Task {

    /** What each output of a student is of, in order: the classes, or the targets. */
    List<String> names();

    /** The width of a student's output: the number of classes, or of target values. */
    default int outputs() {
        return names().size();
    }

    /**
     * Classification into the given classes; a student's outputs are logits in this order.
     *
     * @param classes at least two, unique
     */
    record Classification(List<String> classes) implements Task {
        public Classification {
            classes = List.copyOf(classes);
            if (classes.size() < 2) {
                throw new FusionException(
                        "Classification needs two classes or more but the labels hold only " + classes);
            }
            if (new LinkedHashSet<>(classes).size() != classes.size()) {
                throw new IllegalArgumentException("Class names must be unique but got " + classes);
            }
        }

        @Override
        public List<String> names() {
            return classes;
        }
    }

    /**
     * Regression on one or more real-valued targets.
     *
     * @param targets their names, at least one
     */
    record Regression(List<String> targets) implements Task {
        public Regression {
            targets = List.copyOf(targets);
            if (targets.isEmpty()) {
                throw new IllegalArgumentException("Regression needs one target or more");
            }
        }

        @Override
        public List<String> names() {
            return targets;
        }
    }
}
