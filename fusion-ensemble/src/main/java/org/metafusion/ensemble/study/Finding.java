package org.metafusion.ensemble.study;

import java.util.Locale;

/**
 * Whether a claim held in a study.
 *
 * @param words the figures that show it, one sentence
 */
public record Finding(Claim claim, Outcome outcome, String words) {

    /** How a test of a claim can end. */
    public enum Outcome {
        HELD,
        FAILED,
        /** The measurements do not tell, such as those of a single seed within its error. */
        OPEN;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public static Finding of(Claim claim, boolean held, String words) {
        return new Finding(claim, held ? Outcome.HELD : Outcome.FAILED, words);
    }

    public static Finding open(Claim claim, String words) {
        return new Finding(claim, Outcome.OPEN, words);
    }
}
