/** What becomes of a fitted model's predictions when its inputs are disturbed, swapped or missing. */
@NullMarked
package org.metafusion.ensemble.robustness;

import org.jspecify.annotations.NullMarked;
