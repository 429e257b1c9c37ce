@NullMarked
package org.metafusion.ensemble.competition;

import org.jspecify.annotations.NullMarked;
