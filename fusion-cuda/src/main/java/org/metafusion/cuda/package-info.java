/** The CUDA backend: hand-written kernels, one {@code .cu} file a family of operations. */
@NullMarked
package org.metafusion.cuda;

import org.jspecify.annotations.NullMarked;
