/** How much each modality, and each feature, brings to a model's predictions. */
@NullMarked
package org.metafusion.ensemble.importance;

import org.jspecify.annotations.NullMarked;
