/** Rows of float32 values, wherever they lie: in the heap, in a file, as a choice of other rows. */
@NullMarked
package org.metafusion.core.rows;

import org.jspecify.annotations.NullMarked;
