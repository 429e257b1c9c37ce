@NullMarked
package org.metafusion.testkit.arch.planted.data;

import org.jspecify.annotations.NullMarked;
