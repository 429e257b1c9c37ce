/** Cohort plans. */
@NullMarked
package org.metafusion.core.cohort;

import org.jspecify.annotations.NullMarked;
