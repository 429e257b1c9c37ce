@NullMarked
package org.metafusion.data.file;

import org.jspecify.annotations.NullMarked;
