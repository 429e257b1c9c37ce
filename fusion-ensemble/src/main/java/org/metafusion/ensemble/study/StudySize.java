package org.metafusion.ensemble.study;

import java.util.Arrays;
import java.util.Locale;
import org.metafusion.core.FusionException;

/** How large a study is. */
public enum StudySize {
    /** Seconds: shows that it works, not that a claim holds. */
    SMALL,
    /** As much of the paper's as a CPU does within an hour or so; few studies have it. */
    MEDIUM,
    /** As the paper has it; minutes to hours. */
    PAPER;

    /** @throws FusionException if there is none of that name */
    public static StudySize parse(String name) {
        return Arrays.stream(values())
                .filter(size -> size.toString().equals(name))
                .findFirst()
                .orElseThrow(() -> new FusionException("--size must be small, medium or paper but is '" + name + "'"));
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
