/** Made-up data sets with known structure, the same bits for a seed on every JDK. */
@NullMarked
package org.metafusion.data.simulation;

import org.jspecify.annotations.NullMarked;
