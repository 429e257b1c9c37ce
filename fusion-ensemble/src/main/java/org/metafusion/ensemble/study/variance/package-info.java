/** Of what errors consist: bias, and variance over initialisations. */
@NullMarked
package org.metafusion.ensemble.study.variance;

import org.jspecify.annotations.NullMarked;
