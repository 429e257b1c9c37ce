package org.metafusion.bench;

import java.util.concurrent.TimeUnit;
import org.metafusion.core.tensor.Members;
import org.metafusion.core.tensor.OptimizerKernels.AdamW;
import org.metafusion.core.tensor.OptimizerKernels.ParameterLayout;
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
 * A step of AdamW over the flat buffer of a whole cohort. Read the line {@code :gigabytes}: GB/s of memory traffic, 16
 * bytes read and 12 written a parameter, to be compared with {@code copy} of {@link MachineBenchmark} where the buffers
 * are larger than the caches.
 *
 * <pre>{@code
 * ./mvnw -q -DskipTests package -pl fusion-bench -am
 * java -jar fusion-bench/target/fusion-bench.jar OptimizerBenchmark -p threads=1,2
 * }</pre>
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
public class OptimizerBenchmark extends KernelBenchmark {

    /** Students in the stack. */
    @Param("24")
    public int students = 24;

    /** Parameters of a student; 9,300 is the mean of the cohort of {@link CohortPhaseBenchmark}. */
    @Param({"9300", "100000"})
    public int parameters = 9300;

    @SuppressWarnings("NullAway.Init") // set up by JMH
    private Tensor values;

    @SuppressWarnings("NullAway.Init") // set up by JMH
    private Tensor gradients;

    @SuppressWarnings("NullAway.Init") // set up by JMH
    private Tensor m;

    @SuppressWarnings("NullAway.Init") // set up by JMH
    private Tensor v;

    @SuppressWarnings("NullAway.Init") // set up by JMH
    private ParameterLayout layout;

    private int step;

    /** Opens the backend. */
    @Setup(Level.Trial)
    public void open() {
        tensors = DeviceTensors.open(backendName, threads);
        int size = students * parameters;
        values = tensors.random(Members.SHARED, 1, size);
        gradients = tensors.random(Members.SHARED, 1, size);
        m = tensors.zeros(Members.SHARED, 1, size);
        v = tensors.zeros(Members.SHARED, 1, size);
        int[] bounds = new int[2 * students];
        for (int s = 0; s < students; s++) {
            bounds[2 * s] = s * parameters;
            bounds[2 * s + 1] = (s + 1) * parameters;
        }
        layout = new ParameterLayout(Members.all(students), bounds);
    }

    /** One step for all students. */
    @Benchmark
    public void adamW(ByteRate rate) {
        step++;
        tensors.backend().optimizer().adamW(values, gradients, m, v, layout, AdamW.of(1e-3f, 0f, step));
        tensors.backend().synchronize();
        rate.gigabytes += 7.0 * Float.BYTES * values.size();
    }
}
