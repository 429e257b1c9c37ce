/** What a fit costs as modalities and representations grow in number. */
@NullMarked
package org.metafusion.ensemble.study.scaling;

import org.jspecify.annotations.NullMarked;
