package org.metafusion.data.folder;

import java.util.List;
import java.util.stream.Collectors;

/** How things from files are put into one-line messages: short, quoted, free of control characters. */
final class Wording {

    private static final int LONGEST = 40;
    private static final int NAMED = 5;

    private Wording() {}

    static String quoted(String text) {
        StringBuilder shown = new StringBuilder();
        text.codePoints().limit(LONGEST).forEach(c -> {
            if (Character.isISOControl(c)) {
                shown.append('?');
            } else {
                shown.appendCodePoint(c);
            }
        });
        return text.codePointCount(0, text.length()) > LONGEST ? "'" + shown + "...'" : "'" + shown + "'";
    }

    /** The first few names, and how many more there are. */
    static String names(List<String> names) {
        String first = names.stream().limit(NAMED).map(Wording::quoted).collect(Collectors.joining(", "));
        return names.size() > NAMED ? first + " and " + (names.size() - NAMED) + " more" : first;
    }

    /** "1 row", "2 rows". */
    static String count(long count, String thing) {
        return count + " " + (count == 1 ? thing : thing.endsWith("s") ? thing + "es" : thing + "s");
    }
}
