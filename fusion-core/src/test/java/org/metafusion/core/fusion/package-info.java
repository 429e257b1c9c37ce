@NullMarked
package org.metafusion.core.fusion;

import org.jspecify.annotations.NullMarked;
