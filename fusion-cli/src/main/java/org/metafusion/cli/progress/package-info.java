/** How work in progress is shown while it goes on. */
@NullMarked
package org.metafusion.cli.progress;

import org.jspecify.annotations.NullMarked;
