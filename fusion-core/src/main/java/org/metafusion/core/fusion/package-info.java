/** Fusion operators: how the representations of several modalities become one matrix. */
@NullMarked
package org.metafusion.core.fusion;

import org.jspecify.annotations.NullMarked;
