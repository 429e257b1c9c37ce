/** Encoders that are trained before the cohort and then frozen. */
@NullMarked
package org.metafusion.training.encoder;

import org.jspecify.annotations.NullMarked;
