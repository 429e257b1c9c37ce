@NullMarked
package org.metafusion.testkit.arch.planted.cycle;

import org.jspecify.annotations.NullMarked;
