@NullMarked
package org.metafusion.core.representation;

import org.jspecify.annotations.NullMarked;
