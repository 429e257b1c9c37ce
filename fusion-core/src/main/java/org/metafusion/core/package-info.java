/** The domain of MetaFusion and the ports through which the world reaches it; depends on the JDK alone. */
@NullMarked
package org.metafusion.core;

import org.jspecify.annotations.NullMarked;
