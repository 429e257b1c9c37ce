package org.metafusion.ensemble.study.missing;

import org.metafusion.ensemble.robustness.MissingStress;

/** A point of a run. */
record Measured(long seed, MissingStress.Point point) {}
