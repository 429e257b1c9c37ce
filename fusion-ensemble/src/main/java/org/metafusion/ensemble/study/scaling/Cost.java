package org.metafusion.ensemble.study.scaling;

/**
 * What a fit cost in a run.
 *
 * @param representations of each modality, without null
 * @param students in the cohort
 * @param seconds of the fit
 */
record Cost(long seed, int modalities, int representations, int students, double seconds) {}
