/** Cohorts of students and the plans that make them. */
@NullMarked
package org.metafusion.core.cohort;

import org.jspecify.annotations.NullMarked;
