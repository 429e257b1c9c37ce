@NullMarked
package org.metafusion.testkit.arch.planted.ensemble;

import org.jspecify.annotations.NullMarked;
