/** How good predictions are. */
@NullMarked
package org.metafusion.ensemble.metric;

import org.jspecify.annotations.NullMarked;
