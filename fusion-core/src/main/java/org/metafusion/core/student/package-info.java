/** Students: one representation a modality, a fusion operator and a head. */
@NullMarked
package org.metafusion.core.student;

import org.jspecify.annotations.NullMarked;
