/** Finds the top performers of a cohort and says who learns from whom. */
@NullMarked
package org.metafusion.ensemble.screening;

import org.jspecify.annotations.NullMarked;
