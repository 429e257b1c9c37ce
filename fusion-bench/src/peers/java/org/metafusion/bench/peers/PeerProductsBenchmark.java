package org.metafusion.bench.peers;

import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.metafusion.bench.FlopRate;
import org.metafusion.bench.peers.PeerProduct.Operands;
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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Other libraries' {@code x w} on one thread, at the sizes of {@code ProductsBenchmark}. Read the line {@code :gflops}.
 * To have ours in the same run:
 *
 * <pre>{@code
 * ./mvnw -q -DskipTests package -pl fusion-bench -am -Ppeers
 * export OMP_NUM_THREADS=1 MKL_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1
 * java -jar fusion-bench/target/fusion-bench.jar 'MachineBenchmark.peakFlops|ProductsBenchmark.(nn|multiply)'
 * OPENBLAS_CORETYPE=SkylakeX java -jar fusion-bench/target/fusion-bench.jar PeerProductsBenchmark -p peer=openblas
 * }</pre>
 *
 * <p>OpenBLAS takes some AVX-512 processors for older ones, so the last line tells it what it has. The profile downloads
 * about 250 MB: PyTorch 2.5.1 as DJL 0.32.0 packs it, OpenBLAS 0.3.30, ND4J 1.0.0-M2.1. DJL unpacks its libraries to
 * {@code ~/.djl.ai}, JavaCPP to {@code ~/.javacpp}. Linux on x86-64 only.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
        value = 1,
        jvmArgsAppend = {
            "-Dai.djl.pytorch.num_threads=1",
            "-Dai.djl.pytorch.num_interop_threads=1",
            "-Dai.djl.offline=true", // the libraries come from Maven
            "-DOPT_OUT_TRACKING=true" // else DJL reports its use
        })
public class PeerProductsBenchmark {

    /** The library. */
    @Param({"pytorch", "openblas", "nd4j", "ejml"})
    public String peer = "ejml";

    /** n, in and width. */
    @Param({"64x768x256", "1024x768x512", "64x240x64"})
    public String size = "64x240x64";

    private double flops;

    @SuppressWarnings("NullAway.Init") // set up by JMH
    private PeerProduct product;

    /** Loads the library and the matrices, and checks one element. */
    @Setup(Level.Trial)
    public void open() {
        Operands operands = operands();
        flops = 2.0 * operands.n() * operands.in() * operands.width();
        product = PeerProduct.of(peer, operands);
        double expected = 0;
        for (int i = 0; i < operands.in(); i++) {
            expected += (double) operands.x()[i] * operands.w()[i * operands.width()];
        }
        if (Math.abs(product.first() - expected) > 1e-3 * operands.in()) {
            throw new IllegalStateException(
                    peer + " computed " + product.first() + " where " + expected + " was expected");
        }
    }

    private Operands operands() {
        String[] parts = size.split("x", -1);
        int n = Integer.parseInt(parts[0]);
        int in = Integer.parseInt(parts[1]);
        int width = Integer.parseInt(parts[2]);
        return new Operands(n, in, width, random(n * in), random(in * width));
    }

    private static float[] random(int count) {
        SplittableRandom random = new SplittableRandom(count);
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) (2 * random.nextDouble() - 1);
        }
        return values;
    }

    /** The product. */
    @Benchmark
    public Object multiply(FlopRate rate) {
        rate.gflops += flops;
        return product.multiply();
    }

    /** Frees the matrices. */
    @TearDown(Level.Trial)
    public void close() {
        product.close();
    }
}
