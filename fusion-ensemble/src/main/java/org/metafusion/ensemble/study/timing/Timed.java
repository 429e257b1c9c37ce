package org.metafusion.ensemble.study.timing;

/**
 * A way to fuse in a run.
 *
 * @param students asked for a row
 * @param score on the test rows
 * @param single microseconds a row predicted alone
 * @param batch microseconds a row of a batch of all test rows
 */
record Timed(long seed, String fusion, int students, double score, double single, double batch) {}
