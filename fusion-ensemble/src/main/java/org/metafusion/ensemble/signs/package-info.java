/** Failure signs: what went wrong with a fit, in words. */
@NullMarked
package org.metafusion.ensemble.signs;

import org.jspecify.annotations.NullMarked;
