package org.metafusion.sql;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.metafusion.core.FusionException;

/** Where the features of a table lie while they are learned from or a model is measured on them. */
public enum FeaturePlace {

    /** In the heap, unless they would take more than a sixth of it. */
    AUTO,

    /** In the heap, whatever they take. */
    HEAP,

    /** In a temporary file that is mapped into memory, whatever they take. */
    FILE;

    /** A fit in the heap holds features up to three times: as read, divided, and standardised. */
    private static final int SHARE_OF_HEAP = 6;

    /**
     * By its name in lower case.
     *
     * @param key that names it, for the message
     * @throws FusionException if there is none
     */
    public static FeaturePlace parse(String key, String name) {
        return Arrays.stream(values())
                .filter(place -> place.name().equalsIgnoreCase(name))
                .findFirst()
                .orElseThrow(() -> new FusionException(key + " must be auto, heap or file but is '" + name + "'"));
    }

    /**
     * Why features of so many bytes lie in a file, in words; empty where they lie in the heap.
     *
     * @param heap the most it may grow to
     */
    Optional<String> file(long bytes, long heap) {
        boolean isLarge = bytes > heap / SHARE_OF_HEAP;
        if (this == HEAP || this == AUTO && !isLarge) {
            return Optional.empty();
        }
        return Optional.of(String.format(
                Locale.ROOT,
                "features (%s) lie in a temporary file, %s",
                size(bytes),
                this == FILE
                        ? "as asked for"
                        : "since they are more than a sixth of the " + size(heap) + " the Java heap may have"));
    }

    private static String size(long bytes) {
        return bytes >= 1e8
                ? String.format(Locale.ROOT, "%.1f GB", bytes / 1e9)
                : String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
    }
}
