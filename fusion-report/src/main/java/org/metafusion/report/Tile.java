package org.metafusion.report;

/**
 * A figure of the first screen.
 *
 * @param label what it is
 * @param value as people read it
 * @param note what it means or is compared with
 */
public record Tile(String label, String value, String note) {}
