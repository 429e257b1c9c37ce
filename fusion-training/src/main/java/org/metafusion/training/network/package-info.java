/** A cohort as one network over stacks of matrices. */
@NullMarked
package org.metafusion.training.network;

import org.jspecify.annotations.NullMarked;
