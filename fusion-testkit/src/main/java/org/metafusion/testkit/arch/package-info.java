/** Rules on which module may know which, for tests that see several modules at once. */
@NullMarked
package org.metafusion.testkit.arch;

import org.jspecify.annotations.NullMarked;
