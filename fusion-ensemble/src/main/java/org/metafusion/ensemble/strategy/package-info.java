/** Ways to fuse, side by side: baselines and committees on the same rows. */
@NullMarked
package org.metafusion.ensemble.strategy;

import org.jspecify.annotations.NullMarked;
