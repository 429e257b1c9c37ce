package org.metafusion.ensemble.study.settings;

/**
 * What a way to fuse reached on test rows.
 *
 * @param extraNoise added to the noise ratio of modality {@code x}
 */
record Reached(long seed, double extraNoise, String strategy, double mse, double r2) {}
