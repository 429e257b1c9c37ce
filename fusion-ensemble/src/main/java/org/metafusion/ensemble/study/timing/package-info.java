/** How accurate early, late and intermediate fusion and the committee are, and how long they take. */
@NullMarked
package org.metafusion.ensemble.study.timing;

import org.jspecify.annotations.NullMarked;
