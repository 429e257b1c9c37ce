package org.metafusion.bench;

import java.util.concurrent.TimeUnit;
import org.metafusion.core.tensor.FusionKernels;
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
import org.openjdk.jmh.annotations.Warmup;

/**
 * Tensor fusion and the dense layer after it in one kernel, for one student: {@code x [n, features]}, {@code y [n,
 * features]}, {@code w [features^2, width]}. Read the line {@code :gflops}: it counts the contraction of one side and of
 * the other, both in the gradients of the inputs. A whole step is in {@link TensorStepBenchmark}.
 *
 * <pre>{@code
 * ./mvnw -q -DskipTests package -pl fusion-bench -am
 * java -jar fusion-bench/target/fusion-bench.jar BilinearBenchmark -p threads=1,2
 * }</pre>
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(value = 1, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
public class BilinearBenchmark extends KernelBenchmark {

    /** Rows of a batch. */
    @Param("128")
    public int n = 128;

    /** Width of each representation. */
    @Param("768")
    public int features = 768;

    /** Width of the layer. */
    @Param("32")
    public int width = 32;

    @SuppressWarnings("NullAway.Init") // set up by JMH
    private Tensor x;

    @SuppressWarnings("NullAway.Init") // set up by JMH
    private Tensor y;

    @SuppressWarnings("NullAway.Init") // set up by JMH
    private Tensor w;

    @SuppressWarnings("NullAway.Init") // set up by JMH
    private Tensor dW;

    @SuppressWarnings("NullAway.Init") // set up by JMH
    private Tensor out;

    @SuppressWarnings("NullAway.Init") // set up by JMH
    private Tensor dX;

    @SuppressWarnings("NullAway.Init") // set up by JMH
    private Tensor dY;

    /** Opens the backend. */
    @Setup(Level.Trial)
    public void open() {
        tensors = DeviceTensors.open(backendName, threads);
        Members one = Members.all(1);
        x = tensors.random(Members.SHARED, n, features);
        y = tensors.random(Members.SHARED, n, features);
        w = tensors.random(one, features * features, width);
        dW = tensors.zeros(one, features * features, width);
        out = tensors.random(one, n, width);
        dX = tensors.zeros(one, n, features);
        dY = tensors.zeros(one, n, features);
    }

    private FusionKernels fusion() {
        return tensors.backend().fusion();
    }

    private void count(FlopRate rate, int contractions) {
        tensors.backend().synchronize();
        double outer = 2.0 * n * features * features * width;
        rate.gflops += contractions * outer + 2.0 * n * features * width;
    }

    /** The outputs. */
    @Benchmark
    public void forward(FlopRate rate) {
        fusion().bilinear(out, x, y, w, false);
        count(rate, 1);
    }

    /** The gradient of the weights. */
    @Benchmark
    public void weightBackward(FlopRate rate) {
        fusion().bilinearWeightBackward(dW, x, y, out, false);
        count(rate, 1);
    }

    /** The gradients of both representations. */
    @Benchmark
    public void inputBackward(FlopRate rate) {
        fusion().bilinearInputBackward(dX, dY, out, x, y, w, false);
        count(rate, 2);
    }
}
