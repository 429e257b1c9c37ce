@NullMarked
package org.metafusion.testkit.arch.planted.cycle.head;

import org.jspecify.annotations.NullMarked;
