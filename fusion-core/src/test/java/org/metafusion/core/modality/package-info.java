@NullMarked
package org.metafusion.core.modality;

import org.jspecify.annotations.NullMarked;
