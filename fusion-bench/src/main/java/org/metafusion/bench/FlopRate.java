package org.metafusion.bench;

import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * Counts floating-point operations: in throughput per nanosecond, as the benchmarks here are, JMH's second metric is
 * GFLOP/s, though it calls the unit {@code ops/ns}.
 */
@State(Scope.Thread)
@AuxCounters(AuxCounters.Type.OPERATIONS)
public class FlopRate {

    /** Multiplications and additions so far. */
    public double gflops;
}
