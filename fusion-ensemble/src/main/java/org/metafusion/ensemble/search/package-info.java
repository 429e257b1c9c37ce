/** Searches for the configuration under which a data set's committee generalises best; never touches test rows. */
@NullMarked
package org.metafusion.ensemble.search;

import org.jspecify.annotations.NullMarked;
