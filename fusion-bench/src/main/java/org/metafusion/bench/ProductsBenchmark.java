package org.metafusion.bench;

import java.util.concurrent.TimeUnit;
import org.metafusion.core.tensor.Members;
import org.metafusion.core.tensor.Tensor;
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
 * The three products of a dense layer through the backend's port, on one matrix each: {@code x [n, in]} times
 * {@code w [in, width]} (NN), {@code x^T dY} (TN) and {@code dY w^T} (NT). Read the line {@code :gflops}: GFLOP/s.
 *
 * <p>One matrix is one student, which one thread computes. {@code peakFlops} of {@link MachineBenchmark} is what the
 * core could do, {@code PeerProductsBenchmark} (profile {@code peers}) what other libraries do.
 *
 * <pre>{@code
 * ./mvnw -q -DskipTests package -pl fusion-bench -am
 * java -jar fusion-bench/target/fusion-bench.jar 'org.metafusion.bench.ProductsBenchmark'
 * }</pre>
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
public class ProductsBenchmark {

    private static final String PROPERTY = "fusion.cpu.products";

    /** The backend by name. */
    @Param("cpu")
    public String backendName = "cpu";

    /** CPU threads; 0 for one a processor. */
    @Param("1")
    public int threads = 1;

    /** Who multiplies on the CPU; {@code auto} is what users get. */
    @Param({"auto", "vector", "plain", "ejml"})
    public String products = "auto";

    /** n, in and width. */
    @Param({"64x768x256", "1024x768x512", "64x240x64"})
    public String size = "64x240x64";

    private ProductSize product = new ProductSize(1, 1, 1);

    @SuppressWarnings("NullAway.Init") // set up by JMH
    private DeviceTensors tensors;

    @SuppressWarnings("NullAway.Init") // set up by JMH
    private Tensor x;

    @SuppressWarnings("NullAway.Init") // set up by JMH
    private Tensor w;

    @SuppressWarnings("NullAway.Init") // set up by JMH
    private Tensor y;

    @SuppressWarnings("NullAway.Init") // set up by JMH
    private Tensor dY;

    @SuppressWarnings("NullAway.Init") // set up by JMH
    private Tensor dW;

    @SuppressWarnings("NullAway.Init") // set up by JMH
    private Tensor dX;

    /** Opens the backend with the chosen products, which it reads once, when it opens. */
    @Setup(Level.Trial)
    public void open() {
        String before = System.getProperty(PROPERTY, "auto");
        System.setProperty(PROPERTY, products);
        try {
            tensors = DeviceTensors.open(backendName, threads);
        } finally {
            System.setProperty(PROPERTY, before);
        }
        product = ProductSize.parse(size);
        Members one = Members.all(1);
        x = tensors.random(one, product.n(), product.in());
        w = tensors.random(one, product.in(), product.width());
        dY = tensors.random(one, product.n(), product.width());
        dW = tensors.zeros(one, product.in(), product.width());
        dX = tensors.zeros(one, product.n(), product.in());
        y = tensors.zeros(one, product.n(), product.width());
    }

    /** {@code y += x w}. */
    @Benchmark
    public void nn(FlopRate rate) {
        tensors.backend().dense().multiply(y, x, w);
        count(rate);
    }

    /** {@code dW = x^T dY}. */
    @Benchmark
    public void tn(FlopRate rate) {
        tensors.backend().dense().weightBackward(dW, x, dY);
        count(rate);
    }

    /** {@code dX = dY w^T}. */
    @Benchmark
    public void nt(FlopRate rate) {
        tensors.backend().dense().inputBackward(dX, dY, w);
        count(rate);
    }

    private void count(FlopRate rate) {
        tensors.backend().synchronize();
        rate.gflops += product.flops();
    }

    /** Frees the backend. */
    @TearDown(Level.Trial)
    public void close() {
        tensors.close();
    }
}
