@NullMarked
package org.metafusion.testkit.arch.planted.cuda;

import org.jspecify.annotations.NullMarked;
