/** Other libraries' matrix products, built with the profile {@code peers} alone. */
@NullMarked
package org.metafusion.bench.peers;

import org.jspecify.annotations.NullMarked;
