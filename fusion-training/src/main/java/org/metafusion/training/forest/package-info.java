/** Decision forests as representations: what an ensemble of trees says of a row, for students to learn from. */
@NullMarked
package org.metafusion.training.forest;

import org.jspecify.annotations.NullMarked;
