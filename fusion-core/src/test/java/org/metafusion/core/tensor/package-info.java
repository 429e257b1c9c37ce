@NullMarked
package org.metafusion.core.tensor;

import org.jspecify.annotations.NullMarked;
