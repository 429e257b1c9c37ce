@NullMarked
package org.metafusion.training.phase;

import org.jspecify.annotations.NullMarked;
