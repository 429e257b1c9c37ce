package org.metafusion.bench;

import java.util.concurrent.TimeUnit;
import org.metafusion.core.tensor.Activation;
import org.metafusion.core.tensor.DenseKernels;
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
 * What a dense layer does beside its products, for a whole cohort: bias, activation, dropout, sums; microseconds a call
 * on {@code [n, width]} a student.
 *
 * <pre>{@code
 * ./mvnw -q -DskipTests package -pl fusion-bench -am
 * java -jar fusion-bench/target/fusion-bench.jar DenseBenchmark -p threads=1,2
 * }</pre>
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
public class DenseBenchmark extends KernelBenchmark {

    /** Students in the stack. */
    @Param("24")
    public int students = 24;

    /** Rows of a batch. */
    @Param("64")
    public int n = 64;

    /** Width of the layer. */
    @Param("64")
    public int width = 64;

    @SuppressWarnings("NullAway.Init") // set up by JMH
    private Tensor x;

    @SuppressWarnings("NullAway.Init") // set up by JMH
    private Tensor y;

    @SuppressWarnings("NullAway.Init") // set up by JMH
    private Tensor b;

    /** Opens the backend. */
    @Setup(Level.Trial)
    public void open() {
        tensors = DeviceTensors.open(backendName, threads);
        Members members = Members.all(students);
        x = tensors.random(members, n, width);
        y = tensors.random(members, n, width);
        b = tensors.random(members, 1, width);
    }

    private DenseKernels dense() {
        return tensors.backend().dense();
    }

    /** Forward: bias, then ReLU. */
    @Benchmark
    public void biasAndRelu() {
        dense().bias(y, b);
        dense().activate(y, Activation.RELU);
        tensors.backend().synchronize();
    }

    /** Backward: ReLU, then the bias's gradient. */
    @Benchmark
    public void biasAndReluBackward() {
        dense().activateBackward(x, y, Activation.RELU);
        dense().biasBackward(b, x);
        tensors.backend().synchronize();
    }

    /** A sum of two gradients. */
    @Benchmark
    public void add() {
        dense().add(y, x);
        tensors.backend().synchronize();
    }

    /** Dropout of a third. */
    @Benchmark
    public void dropout() {
        dense().dropout(y, 1f / 3, 7);
        tensors.backend().synchronize();
    }
}
