/** The facade end to end on tiny data. */
@NullMarked
package org.metafusion.ensemble;

import org.jspecify.annotations.NullMarked;
