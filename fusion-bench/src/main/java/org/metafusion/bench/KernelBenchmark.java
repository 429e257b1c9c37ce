package org.metafusion.bench;

import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** What the benchmarks of single kernels share: a backend, opened by the subclass's set-up, and its tensors. */
@State(Scope.Benchmark)
public abstract class KernelBenchmark {

    /** The backend by name. */
    @Param("cpu")
    public String backendName = "cpu";

    /** CPU threads; 0 for one a processor. */
    @Param("1")
    public int threads = 1;

    @SuppressWarnings("NullAway.Init") // set up by JMH
    DeviceTensors tensors;

    /** Frees the backend. */
    @TearDown(Level.Trial)
    public void close() {
        tensors.close();
    }
}
