/** Encoders that are trained before the cohort and then frozen, or trained on with its students. */
@NullMarked
package org.metafusion.training.encoder;

import org.jspecify.annotations.NullMarked;
