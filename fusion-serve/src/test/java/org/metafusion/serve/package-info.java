@NullMarked
package org.metafusion.serve;

import org.jspecify.annotations.NullMarked;
