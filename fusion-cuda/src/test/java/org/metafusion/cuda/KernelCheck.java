package org.metafusion.cuda;

import java.util.function.Consumer;

/**
 * Something that must hold for a build of the kernels.
 *
 * @param name kernel and case, in words
 * @param body throws if it does not hold
 */
record KernelCheck(String name, Consumer<CpuKernels> body) {}
