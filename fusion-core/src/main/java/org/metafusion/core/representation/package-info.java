/** What a student sees of a modality: nothing, the raw features, or an extracted representation. */
@NullMarked
package org.metafusion.core.representation;

import org.jspecify.annotations.NullMarked;
