@NullMarked
package org.metafusion.data.bundle;

import org.jspecify.annotations.NullMarked;
