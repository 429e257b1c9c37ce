/** Load on a served model. */
@NullMarked
package org.metafusion.bench.serving;

import org.jspecify.annotations.NullMarked;
