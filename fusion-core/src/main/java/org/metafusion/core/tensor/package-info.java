/** The port to tensor backends: stacks of matrices, one matrix a student, and the kernels on them. */
@NullMarked
package org.metafusion.core.tensor;

import org.jspecify.annotations.NullMarked;
