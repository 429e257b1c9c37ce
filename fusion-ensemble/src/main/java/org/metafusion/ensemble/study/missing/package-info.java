/** What missing modalities cost. */
@NullMarked
package org.metafusion.ensemble.study.missing;

import org.jspecify.annotations.NullMarked;
