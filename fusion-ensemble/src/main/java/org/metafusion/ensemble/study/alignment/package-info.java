/** Whether modalities that are aligned by contrast find each other, and fuse better. */
@NullMarked
package org.metafusion.ensemble.study.alignment;

import org.jspecify.annotations.NullMarked;
