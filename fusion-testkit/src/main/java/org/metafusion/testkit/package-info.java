/**
 * What every backend is tested with.
 *
 * <p>A backend passes the contract of the port {@code org.metafusion.core.tensor} with one small subclass each of
 * {@code TensorBackendContract}, {@code QueuedCallsContract}, {@code DenseKernelsContract},
 * {@code FusionKernelsContract}, {@code LossKernelsContract} and {@code OptimizerKernelsContract}, and of the three
 * {@code *OracleContract}s, named {@code *OracleTest}. Results are compared with double-precision references straight
 * from the formulas ({@code *Reference}), never with another backend.
 */
@NullMarked
package org.metafusion.testkit;

import org.jspecify.annotations.NullMarked;
