package org.metafusion.bench;

import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Counts bytes read and written: in throughput per nanosecond JMH's second metric is GB/s. */
@State(Scope.Thread)
@AuxCounters(AuxCounters.Type.OPERATIONS)
public class ByteRate {

    /** Bytes read and bytes written so far. */
    public double gigabytes;
}
