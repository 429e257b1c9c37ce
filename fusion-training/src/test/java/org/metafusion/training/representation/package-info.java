@NullMarked
package org.metafusion.training.representation;

import org.jspecify.annotations.NullMarked;
