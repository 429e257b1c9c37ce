/** Every study by name. */
@NullMarked
package org.metafusion.ensemble.study.catalog;

import org.jspecify.annotations.NullMarked;
