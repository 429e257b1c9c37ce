/** From features to the inputs of a cohort: standardisation, extractors, targets, all fitted on training rows only. */
@NullMarked
package org.metafusion.training.representation;

import org.jspecify.annotations.NullMarked;
