@NullMarked
package org.metafusion.training.alignment;

import org.jspecify.annotations.NullMarked;
