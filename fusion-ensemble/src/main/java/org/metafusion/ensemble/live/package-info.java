/** Models in service: replaced while they are used, watched, and taken back. */
@NullMarked
package org.metafusion.ensemble.live;

import org.jspecify.annotations.NullMarked;
