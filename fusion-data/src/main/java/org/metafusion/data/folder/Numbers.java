package org.metafusion.data.folder;

import java.util.Locale;
import java.util.Set;

/** What text that stands where a number may stand is. */
final class Numbers {

    private static final Set<String> NOT_FINITE = Set.of(
            "nan", "inf", "+inf", "-inf", "infinity", "+infinity", "-infinity", "na", "n/a", "null", "none", "?");

    private Numbers() {}

    /** Whether the text says that there is no number, or none that is finite. */
    static boolean isNotFinite(String text) {
        return NOT_FINITE.contains(text.toLowerCase(Locale.ROOT));
    }

    /** Whether the text is a decimal number of any size. */
    static boolean isDouble(String text) {
        return !text.isEmpty() && text.chars().allMatch(c -> "+-.eE0123456789".indexOf(c) >= 0) && parses(text);
    }

    private static boolean parses(String text) {
        try {
            Double.parseDouble(text);
            return true;
        } catch (NumberFormatException e) {
            return false;
        }
    }

    /** Whether a decimal number has no fraction. */
    static boolean isWhole(String decimal) {
        double value = Double.parseDouble(decimal);
        return value == Math.rint(value);
    }
}
