@NullMarked
package org.metafusion.ensemble.search;

import org.jspecify.annotations.NullMarked;
