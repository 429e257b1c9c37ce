package org.metafusion.bench;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One measured number of a workload, as a JSON line between processes:
 * {@code {"peer": "loop", "workload": "cohort", "part": "phase 1", "threads": 1, "seconds": 4.51}}.
 *
 * @param part of the workload
 * @param quantity {@code seconds} or {@code megabytes}
 */
record Figure(String part, String quantity, double value) {

    private static final Pattern PART = Pattern.compile("\"part\": *\"([^\"]*)\"");
    private static final Pattern VALUE = Pattern.compile("\"(seconds|megabytes)\": *([-+.0-9eE]+)");

    static Figure seconds(String part, double value) {
        return new Figure(part, "seconds", value);
    }

    static Figure megabytes(String part, double value) {
        return new Figure(part, "megabytes", value);
    }

    /** The figure in a line, if it holds one. */
    static Optional<Figure> parse(String line) {
        Matcher part = PART.matcher(line);
        Matcher value = VALUE.matcher(line);
        return part.find() && value.find()
                ? Optional.of(new Figure(part.group(1), value.group(1), Double.parseDouble(value.group(2))))
                : Optional.empty();
    }

    String json(String workload, int threads) {
        return String.format(
                Locale.ROOT,
                "{\"peer\": \"metafusion\", \"workload\": \"%s\", \"part\": \"%s\", \"threads\": %d, \"%s\": %.6f}",
                workload,
                part,
                threads,
                quantity,
                value);
    }
}
