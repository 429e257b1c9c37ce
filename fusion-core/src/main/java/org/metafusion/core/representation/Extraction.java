package org.metafusion.core.representation;

/**
 * A representation that an extractor is asked for.
 *
 * @param modality its index
 * @param width asked for; that of the extractor where it has one of its own
 */
public record Extraction(int modality, int width) {}
