/** What a modality that says the opposite costs. */
@NullMarked
package org.metafusion.ensemble.study.contradiction;

import org.jspecify.annotations.NullMarked;
