/** What is measured of fits and predictions, through Micrometer. */
@NullMarked
package org.metafusion.ensemble.meter;

import org.jspecify.annotations.NullMarked;
