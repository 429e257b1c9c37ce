@NullMarked
package org.metafusion.testkit.arch.planted.training;

import org.jspecify.annotations.NullMarked;
