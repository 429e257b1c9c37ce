package org.metafusion.ensemble.study;

/**
 * One repetition of a study.
 *
 * @param number from 0
 * @param seed of its data, fits and noise
 */
public record StudyRun(int number, long seed) {}
