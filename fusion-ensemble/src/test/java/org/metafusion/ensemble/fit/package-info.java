/** Fitting. */
@NullMarked
package org.metafusion.ensemble.fit;

import org.jspecify.annotations.NullMarked;
