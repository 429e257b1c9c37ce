/** Ports of the application: training, listening, storing models. */
@NullMarked
package org.metafusion.core.port;

import org.jspecify.annotations.NullMarked;
