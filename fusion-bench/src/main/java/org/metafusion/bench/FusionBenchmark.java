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
 * The fusion operators that multiply representations, for a whole cohort over two shared representations
 * {@code [n, width]}; microseconds a call. Tensor fusion followed by a dense layer is in {@link TensorStepBenchmark}.
 *
 * <pre>{@code
 * ./mvnw -q -DskipTests package -pl fusion-bench -am
 * java -jar fusion-bench/target/fusion-bench.jar FusionBenchmark -p threads=1,2
 * }</pre>
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
public class FusionBenchmark extends KernelBenchmark {

    /** Students in the stack. */
    @Param("24")
    public int students = 24;

    /** Rows of a batch. */
    @Param("64")
    public int n = 64;

    /** Width of each representation. */
    @Param("64")
    public int width = 64;

    @SuppressWarnings("NullAway.Init") // set up by JMH
    private Tensor x;

    @SuppressWarnings("NullAway.Init") // set up by JMH
    private Tensor y;

    @SuppressWarnings("NullAway.Init") // set up by JMH
    private Tensor dX;

    @SuppressWarnings("NullAway.Init") // set up by JMH
    private Tensor dY;

    @SuppressWarnings("NullAway.Init") // set up by JMH
    private Tensor product;

    @SuppressWarnings("NullAway.Init") // set up by JMH
    private Tensor outer;

    /** Opens the backend. */
    @Setup(Level.Trial)
    public void open() {
        tensors = DeviceTensors.open(backendName, threads);
        Members members = Members.all(students);
        x = tensors.random(Members.SHARED, n, width);
        y = tensors.random(Members.SHARED, n, width);
        dX = tensors.zeros(members, n, width);
        dY = tensors.zeros(members, n, width);
        product = tensors.random(members, n, 2 * width);
        outer = tensors.random(members, n, width * width);
    }

    private FusionKernels fusion() {
        return tensors.backend().fusion();
    }

    /** Product fusion. */
    @Benchmark
    public void product() {
        fusion().productForward(product, x, y);
        tensors.backend().synchronize();
    }

    /** Gradients of product fusion. */
    @Benchmark
    public void productBackward() {
        fusion().productBackward(dX, dY, product, x, y);
        tensors.backend().synchronize();
    }

    /** Tensor fusion, the outer product itself. */
    @Benchmark
    public void tensor() {
        fusion().tensorForward(outer, x, y, false);
        tensors.backend().synchronize();
    }

    /** Gradients of tensor fusion. */
    @Benchmark
    public void tensorBackward() {
        fusion().tensorBackward(dX, dY, outer, x, y, false);
        tensors.backend().synchronize();
    }
}
