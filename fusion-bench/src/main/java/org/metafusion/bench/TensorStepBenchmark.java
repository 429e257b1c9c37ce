package org.metafusion.bench;

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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Milliseconds a training step of one student with tensor fusion: representations of 768 and 768, linear to 32, batches
 * of 128; forward, loss, backward and AdamW over 18.9 million weights. The representations are inputs, so they get no
 * gradient.
 *
 * <pre>{@code
 * ./mvnw -q -DskipTests package -pl fusion-bench -am
 * java -jar fusion-bench/target/fusion-bench.jar TensorStepBenchmark -p threads=1,2
 * }</pre>
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(value = 1, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
public class TensorStepBenchmark {

    static final int BATCH = 128;

    /** The backend by name. */
    @Param("cpu")
    public String backendName = "cpu";

    /** CPU threads; 0 for one a processor. */
    @Param("1")
    public int threads = 1;

    /** Features of each modality. */
    @Param("768")
    public int features = 768;

    @SuppressWarnings("NullAway.Init") // set up by JMH
    private CohortStep step;

    /** Opens the backend. */
    @Setup(Level.Trial)
    public void open() {
        step = new CohortStep(
                DeviceTensors.open(backendName, threads), CohortStep.tensorFusion(features, 32), 10 * BATCH, BATCH);
    }

    /** One step. */
    @Benchmark
    public void step() {
        step.alone();
    }

    /** Frees the backend. */
    @TearDown(Level.Trial)
    public void close() {
        step.close();
    }
}
