package org.metafusion.ensemble.study.contradiction;

import org.metafusion.ensemble.robustness.RobustnessCurve;

/**
 * A point of a run.
 *
 * @param modality that contradicts
 * @param without score without that modality; NaN where there is no other
 */
record Contradicted(long seed, String modality, RobustnessCurve.Point point, double without) {}
