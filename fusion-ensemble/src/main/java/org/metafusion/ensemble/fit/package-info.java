/** Fitting a cohort from end to end: split, cohort, both phases, committees. */
@NullMarked
package org.metafusion.ensemble.fit;

import org.jspecify.annotations.NullMarked;
