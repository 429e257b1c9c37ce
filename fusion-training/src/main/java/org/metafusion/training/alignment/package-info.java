/** Contrastive alignment: encoders of several modalities whose embeddings of one row are near each other. */
@NullMarked
package org.metafusion.training.alignment;

import org.jspecify.annotations.NullMarked;
