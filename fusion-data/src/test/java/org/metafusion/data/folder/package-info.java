@NullMarked
package org.metafusion.data.folder;

import org.jspecify.annotations.NullMarked;
