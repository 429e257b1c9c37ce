package org.metafusion.ensemble.study;

/**
 * What a study tests.
 *
 * @param source who says so, such as {@code arXiv 2507.20089, section 4}
 * @param text what they say, one sentence
 */
public record Claim(String source, String text) {}
