@NullMarked
package org.metafusion.docs;

import org.jspecify.annotations.NullMarked;
