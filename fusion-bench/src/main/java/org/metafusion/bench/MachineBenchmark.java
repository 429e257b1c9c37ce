package org.metafusion.bench;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What the machine can do at most, so that the other figures can be read as shares of it: float32 GFLOP/s of a core
 * ({@code :gflops}) and GB/s to and from memory ({@code :gigabytes}, bytes read plus bytes written). For both on two
 * threads at once say {@code -t 2}; JMH then adds the threads up.
 *
 * <pre>{@code
 * ./mvnw -q -DskipTests package -pl fusion-bench -am
 * java -jar fusion-bench/target/fusion-bench.jar MachineBenchmark
 * }</pre>
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
public class MachineBenchmark {

    private static final int ITERATIONS = 100_000;

    /** A loop on registers. */
    @State(Scope.Thread)
    public static class Registers {
        final FlopLoop loop = FlopLoop.vectors();
    }

    /** Two buffers a thread. */
    @State(Scope.Thread)
    public static class Buffers {

        /** The size of each in MiB, well past any cache. */
        @Param("256")
        public int mebibytes = 256;

        private float[] from = new float[0];
        private float[] to = new float[0];

        /** Touches every page, since pages never written to may all be one. */
        @Setup(Level.Trial)
        public void fill() {
            from = new float[mebibytes << 18];
            to = new float[mebibytes << 18];
            Arrays.fill(from, 1f);
            Arrays.fill(to, 2f);
        }
    }

    /** Fused multiply-adds in all the vector units of a core. */
    @Benchmark
    public float peakFlops(Registers registers, FlopRate rate) {
        rate.gflops += (double) registers.loop.flops() * ITERATIONS;
        return registers.loop.run(ITERATIONS);
    }

    /** Copies one buffer to the other. */
    @Benchmark
    public float[] copy(Buffers buffers, ByteRate rate) {
        System.arraycopy(buffers.from, 0, buffers.to, 0, buffers.from.length);
        rate.gigabytes += 2.0 * Float.BYTES * buffers.from.length;
        return buffers.to;
    }
}
