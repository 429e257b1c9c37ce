@NullMarked
package org.metafusion.testkit.arch.planted.testkit;

import org.jspecify.annotations.NullMarked;
