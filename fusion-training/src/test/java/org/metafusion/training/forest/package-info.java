@NullMarked
package org.metafusion.training.forest;

import org.jspecify.annotations.NullMarked;
