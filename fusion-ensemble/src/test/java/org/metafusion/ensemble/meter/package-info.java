/** Meters. */
@NullMarked
package org.metafusion.ensemble.meter;

import org.jspecify.annotations.NullMarked;
