package org.metafusion.ensemble.config;

import java.util.Optional;

/**
 * A kind of value: what is accepted, and what it is in Java.
 *
 * <p>A raw value is a {@link String} (from a system property, the environment or a command line, or a text in a file), a
 * {@link Number}, a {@link Boolean}, or a {@link java.util.List} or {@link java.util.Map} of raw values.
 */
interface ValueType<T> {

    /** What is accepted, to be read after "must be", such as {@code a whole number of 1 or more}. */
    String words();

    /** The value, or empty if {@code raw} is not accepted. */
    Optional<T> read(Object raw);

    /** The value as a tree of lists, strings, numbers and booleans that {@link #read} takes back. */
    default Object plain(T value) {
        return value instanceof Enum<?> constant ? ValueTypes.name(constant) : value;
    }

    /** What holds where a source of higher rank gives {@code higher} and one of lower rank {@code lower}. */
    default T merge(T lower, T higher) {
        return higher;
    }
}
