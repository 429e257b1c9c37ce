package org.metafusion.core;

/**
 * A failure its user can mend: bad data, a bad option, a missing device, an unreadable model.
 *
 * <p>The message is one line that says what was expected, what came, where, and what to do; it is written to be shown
 * as it is. Programming errors (a wrong shape, use after close) are {@link IllegalArgumentException} and
 * {@link IllegalStateException} instead.
 */
public final class FusionException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public FusionException(String message) {
        super(message);
    }

    public FusionException(String message, Throwable cause) {
        super(message, cause);
    }
}
