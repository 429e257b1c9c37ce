/** How modalities compete within students that fuse them, in figures and in words. */
@NullMarked
package org.metafusion.ensemble.competition;

import org.jspecify.annotations.NullMarked;
