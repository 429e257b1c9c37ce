/** How much depends on rho, on who teaches, and on which students a committee may have. */
@NullMarked
package org.metafusion.ensemble.study.sensitivity;

import org.jspecify.annotations.NullMarked;
