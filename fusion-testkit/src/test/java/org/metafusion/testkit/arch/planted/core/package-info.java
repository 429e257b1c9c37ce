@NullMarked
package org.metafusion.testkit.arch.planted.core;

import org.jspecify.annotations.NullMarked;
