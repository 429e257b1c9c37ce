package org.metafusion.core.tensor;

/**
 * Whether a backend can be used here.
 *
 * @param usable whether {@link BackendProvider#open} is expected to succeed
 * @param reason what was found, or what is missing and how to mend it; one line
 */
public record Availability(boolean usable, String reason) {}
