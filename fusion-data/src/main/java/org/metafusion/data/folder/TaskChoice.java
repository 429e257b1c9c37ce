package org.metafusion.data.folder;

import java.util.Locale;
import org.metafusion.core.FusionException;

/** What the labels are to be read as. */
public enum TaskChoice {
    /** Decided from the labels; {@link DataFolder} gives the rule. */
    AUTO,
    /** Class names, whatever they look like. */
    CLASSIFICATION,
    /** Numbers. */
    REGRESSION;

    /**
     * The choice of that name, in any case.
     *
     * @throws FusionException if there is none
     */
    public static TaskChoice parse(String name) {
        for (TaskChoice choice : values()) {
            if (choice.toString().equals(name.toLowerCase(Locale.ROOT))) {
                return choice;
            }
        }
        throw new FusionException("Task '" + name + "' is unknown; choose auto, classification or regression");
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
