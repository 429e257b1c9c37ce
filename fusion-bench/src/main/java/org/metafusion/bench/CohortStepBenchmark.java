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
 * Microseconds a training step of a cohort (gather, forward, loss, backward, AdamW on a batch of 64), and how they grow
 * with students, rows, hidden width and modalities. Change one parameter at a time, else JMH runs all combinations:
 *
 * <pre>{@code
 * ./mvnw -q -DskipTests package -pl fusion-bench -am
 * java -jar fusion-bench/target/fusion-bench.jar CohortStepBenchmark -p threads=1,2
 * java -jar fusion-bench/target/fusion-bench.jar CohortStepBenchmark -p students=24 -p rows=1000,10000,100000,1000000 -jvmArgs -Xmx8g
 * java -jar fusion-bench/target/fusion-bench.jar CohortStepBenchmark -p students=24 -p width=32,64,128,256,512
 * java -jar fusion-bench/target/fusion-bench.jar CohortStepBenchmark -p students=24 -p modalities=2,3,4,5,6
 * }</pre>
 *
 * <p>A step is to allocate next to nothing. {@code gc.alloc.rate.norm} of the next command is bytes a step:
 *
 * <pre>{@code
 * java -jar fusion-bench/target/fusion-bench.jar CohortStepBenchmark -p students=24 -prof gc
 * }</pre>
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 8, time = 1) // The first steps take a second each, until the kernels are compiled.
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
public class CohortStepBenchmark {

    /** The backend by name. */
    @Param("cpu")
    public String backendName = "cpu";

    /** CPU threads; 0 for one a processor. */
    @Param("1")
    public int threads = 1;

    /** Students; 24 are all pairings of two modalities. */
    @Param({"8", "24", "96", "512"})
    public int students = 24;

    /** Rows to learn from. */
    @Param("1400")
    public int rows = 1400;

    /** Width of the hidden layer. */
    @Param("64")
    public int width = 64;

    /** Modalities, of 240 and 216 features in turn. */
    @Param("2")
    public int modalities = 2;

    @SuppressWarnings("NullAway.Init") // set up by JMH
    private CohortStep step;

    /** Opens the backend and uploads the rows. */
    @Setup(Level.Trial)
    public void open() {
        CohortShape shape = CohortShape.like(students, width, modalities);
        step = new CohortStep(DeviceTensors.open(backendName, threads), shape.cohort(), rows, TimedCohort.BATCH);
    }

    /** Phase 1: every student alone. */
    @Benchmark
    public void alone() {
        step.alone();
    }

    /** Phase 2: all students learn from eight top performers. */
    @Benchmark
    public void mutual() {
        step.mutual();
    }

    /** Frees the backend. */
    @TearDown(Level.Trial)
    public void close() {
        step.close();
    }
}
