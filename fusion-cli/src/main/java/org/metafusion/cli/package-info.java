/** The {@code fusion} command: the composition root. */
@NullMarked
package org.metafusion.cli;

import org.jspecify.annotations.NullMarked;
