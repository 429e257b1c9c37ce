/** The phases of training: alone, then by adaptive mutual learning. */
@NullMarked
package org.metafusion.training.phase;

import org.jspecify.annotations.NullMarked;
