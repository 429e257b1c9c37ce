/** Selects the committee that predicts, and combines its members' outputs. */
@NullMarked
package org.metafusion.ensemble.committee;

import org.jspecify.annotations.NullMarked;
