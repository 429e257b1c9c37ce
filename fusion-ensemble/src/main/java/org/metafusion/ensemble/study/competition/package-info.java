/** Whether modulation helps a modality that another one crowds out. */
@NullMarked
package org.metafusion.ensemble.study.competition;

import org.jspecify.annotations.NullMarked;
