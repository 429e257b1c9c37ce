/** What product, tensor and concatenation fusion need to learn, and what noise does to them. */
@NullMarked
package org.metafusion.ensemble.study.product;

import org.jspecify.annotations.NullMarked;
