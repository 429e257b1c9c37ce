package org.metafusion.ensemble.study.sensitivity;

/**
 * The committee's test loss under one way to choose.
 *
 * @param what is chosen, {@code clusters} or {@code pruned share}
 * @param value how, such as {@code silhouette} or {@code 0.2}
 * @param count of top performers, or of members
 */
record Chosen(long seed, String what, String value, int count, double loss) {}
