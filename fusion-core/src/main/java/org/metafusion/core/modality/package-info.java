/** Modalities and the data sets made of them; a row may lack a modality. */
@NullMarked
package org.metafusion.core.modality;

import org.jspecify.annotations.NullMarked;
