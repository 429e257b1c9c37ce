package org.metafusion.bench;

import java.util.concurrent.TimeUnit;
import org.metafusion.core.port.Trainer.PhaseOutcome;
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
 * Whole phases of a cohort of 24 students: 1400 rows of 240 + 216 features, representations raw and PCA 16, 32 and 64,
 * one hidden layer of 64, 10 classes, batches of 64, 20 epochs. A phase is one shot of about half a second, so few
 * iterations suffice.
 *
 * <pre>{@code
 * ./mvnw -q -DskipTests package -pl fusion-bench -am
 * java -jar fusion-bench/target/fusion-bench.jar CohortPhaseBenchmark -p threads=1,2
 * }</pre>
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
public class CohortPhaseBenchmark {

    /** The backend by name. */
    @Param("cpu")
    public String backendName = "cpu";

    /** CPU threads; 0 for one a processor. */
    @Param({"1", "2"})
    public int threads = 1;

    /** Rows to learn from. */
    @Param("1400")
    public int rows = 1400;

    /** Epochs of a phase. */
    @Param("20")
    public int epochs = 20;

    @SuppressWarnings("NullAway.Init") // set up by JMH
    private TimedCohort cohort;

    /** Opens the backend and uploads the rows. */
    @Setup(Level.Trial)
    public void open() {
        cohort = new TimedCohort(backendName, threads, CohortShape.SMALL, new TimedCohort.Length(rows, epochs));
    }

    /** Phase 1: every student alone. */
    @Benchmark
    public PhaseOutcome alone() {
        return cohort.alone();
    }

    /** Phase 2: all students learn from eight top performers. */
    @Benchmark
    public PhaseOutcome mutual() {
        return cohort.mutual();
    }

    /** Frees the backend. */
    @TearDown(Level.Trial)
    public void close() {
        cohort.close();
    }
}
