@NullMarked
package org.metafusion.training.encoder;

import org.jspecify.annotations.NullMarked;
