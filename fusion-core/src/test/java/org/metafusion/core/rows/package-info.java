@NullMarked
package org.metafusion.core.rows;

import org.jspecify.annotations.NullMarked;
