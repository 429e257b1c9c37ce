/** Files that are written whole or not at all. */
@NullMarked
package org.metafusion.data.file;

import org.jspecify.annotations.NullMarked;
