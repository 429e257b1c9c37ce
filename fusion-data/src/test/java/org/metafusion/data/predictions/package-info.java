@NullMarked
package org.metafusion.data.predictions;

import org.jspecify.annotations.NullMarked;
