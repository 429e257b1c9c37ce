@NullMarked
package org.metafusion.ensemble.strategy;

import org.jspecify.annotations.NullMarked;
