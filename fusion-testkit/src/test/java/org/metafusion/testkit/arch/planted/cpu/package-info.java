@NullMarked
package org.metafusion.testkit.arch.planted.cpu;

import org.jspecify.annotations.NullMarked;
