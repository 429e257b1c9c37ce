/** The fitted model: committees that predict from whatever modalities are there. */
@NullMarked
package org.metafusion.ensemble.model;

import org.jspecify.annotations.NullMarked;
