/** Configuration. */
@NullMarked
package org.metafusion.ensemble.config;

import org.jspecify.annotations.NullMarked;
