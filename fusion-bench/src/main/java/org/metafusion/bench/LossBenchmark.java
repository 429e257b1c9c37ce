package org.metafusion.bench;

import java.util.concurrent.TimeUnit;
import org.metafusion.core.tensor.LossKernels.MutualTerm;
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
 * The loss of a whole cohort with its gradient, alone and with the divergence from eight top performers; microseconds a
 * call on {@code [n, outputs]} a student.
 *
 * <pre>{@code
 * ./mvnw -q -DskipTests package -pl fusion-bench -am
 * java -jar fusion-bench/target/fusion-bench.jar LossBenchmark -p threads=1,2
 * }</pre>
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
public class LossBenchmark extends KernelBenchmark {

    /** Students in the stack. */
    @Param("24")
    public int students = 24;

    /** Rows of a batch. */
    @Param("64")
    public int n = 64;

    /** Classes, or values to predict. */
    @Param("10")
    public int outputs = 10;

    @SuppressWarnings("NullAway.Init") // set up by JMH
    private Tensor dOutputs;

    @SuppressWarnings("NullAway.Init") // set up by JMH
    private Tensor totals;

    @SuppressWarnings("NullAway.Init") // set up by JMH
    private Tensor predictions;

    @SuppressWarnings("NullAway.Init") // set up by JMH
    private Tensor labels;

    @SuppressWarnings("NullAway.Init") // set up by JMH
    private Tensor targets;

    @SuppressWarnings("NullAway.Init") // set up by JMH
    private Tensor weights;

    @SuppressWarnings("NullAway.Init") // set up by JMH
    private MutualTerm alone;

    @SuppressWarnings("NullAway.Init") // set up by JMH
    private MutualTerm mutual;

    /** Opens the backend. */
    @Setup(Level.Trial)
    public void open() {
        tensors = DeviceTensors.open(backendName, threads);
        Members members = Members.all(students);
        dOutputs = tensors.zeros(members, n, outputs);
        totals = tensors.zeros(members, 1, 2);
        predictions = tensors.random(members, n, outputs);
        labels = tensors.labels(n, outputs);
        targets = tensors.random(Members.SHARED, n, outputs);
        weights = tensors.filled(Members.SHARED, n, 1, 1f);
        Tensor divergence = tensors.divergence(students, 8);
        alone = new MutualTerm(divergence, 0f, 1f);
        mutual = new MutualTerm(divergence, 1f, 1f);
    }

    /** Cross-entropy. */
    @Benchmark
    public void classification() {
        tensors.backend().loss().classification(dOutputs, totals, predictions, labels, weights, alone);
        tensors.backend().synchronize();
    }

    /** Cross-entropy and KL divergence. */
    @Benchmark
    public void classificationMutual() {
        tensors.backend().loss().classification(dOutputs, totals, predictions, labels, weights, mutual);
        tensors.backend().synchronize();
    }

    /** Squared error. */
    @Benchmark
    public void regression() {
        tensors.backend().loss().regression(dOutputs, totals, predictions, targets, weights, alone);
        tensors.backend().synchronize();
    }

    /** Squared error and squared differences. */
    @Benchmark
    public void regressionMutual() {
        tensors.backend().loss().regression(dOutputs, totals, predictions, targets, weights, mutual);
        tensors.backend().synchronize();
    }
}
