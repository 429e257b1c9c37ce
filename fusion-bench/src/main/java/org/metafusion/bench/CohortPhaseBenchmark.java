package org.metafusion.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.metafusion.core.cohort.Cohort;
import org.metafusion.core.cohort.CohortPlan;
import org.metafusion.core.fusion.FusionOperators;
import org.metafusion.core.modality.FeatureTable;
import org.metafusion.core.modality.Modality;
import org.metafusion.core.modality.MultimodalDataset;
import org.metafusion.core.modality.Samples;
import org.metafusion.core.modality.Targets;
import org.metafusion.core.modality.Task;
import org.metafusion.core.port.Trainer.Objective;
import org.metafusion.core.port.Trainer.PhaseOutcome;
import org.metafusion.core.port.Trainer.PhasePlan;
import org.metafusion.core.port.TrainingListener;
import org.metafusion.core.representation.Representation;
import org.metafusion.core.student.HeadSpec;
import org.metafusion.core.tensor.BackendConfig;
import org.metafusion.core.tensor.TensorBackend;
import org.metafusion.ensemble.Backends;
import org.metafusion.training.phase.CohortTrainer;
import org.metafusion.training.phase.PreparedCohort;
import org.metafusion.training.phase.TrainingOptions;
import org.metafusion.training.representation.PcaExtractor;
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

    private static final int ROWS = 1400;
    private static final int VALIDATION_ROWS = 350;
    private static final int CLASSES = 10;

    /** The backend by name. */
    @Param("cpu")
    public String backendName = "cpu";

    /** CPU threads; 0 for one a processor. */
    @Param({"1", "2"})
    public int threads = 1;

    @SuppressWarnings("NullAway.Init") // set up by JMH
    private TensorBackend backend;

    @SuppressWarnings("NullAway.Init") // set up by JMH
    private PreparedCohort prepared;

    /** Opens the backend and uploads the rows. */
    @Setup(Level.Trial)
    public void open() {
        backend = Backends.installed().open(backendName, new BackendConfig(threads));
        prepared = prepare();
    }

    private PreparedCohort prepare() {
        Modality x = Modality.of("x", 240);
        Modality z = Modality.of("z", 216);
        List<Representation> each = new ArrayList<>(List.of(new Representation.Raw()));
        for (int width : new int[] {64, 32, 16}) {
            each.add(new Representation.Extracted(PcaExtractor.NAME, width));
        }
        Task.Classification task = new Task.Classification(
                IntStream.range(0, CLASSES).mapToObj(c -> "c" + c).toList());
        Cohort cohort =
                CohortPlan.allPairings(List.of(each, each), HeadSpec.of(64), 24).build(List.of(x, z), task);
        TrainingOptions options = new TrainingOptions(20, 64, 1e-3f, 0f, 0f, 20, 1f, 1f, 1);
        return new CohortTrainer(
                        backend, FusionOperators.standard(), Map.of(PcaExtractor.NAME, new PcaExtractor()), options)
                .begin(cohort, rows(x, z, task, ROWS), rows(x, z, task, VALIDATION_ROWS), TrainingListener.SILENT);
    }

    private static MultimodalDataset rows(Modality x, Modality z, Task.Classification task, int count) {
        Random random = new Random(count);
        int[] labels = new int[count];
        for (int row = 0; row < count; row++) {
            labels[row] = random.nextInt(CLASSES);
        }
        Samples samples = new Samples(
                IntStream.range(0, count).mapToObj(Integer::toString).toList(),
                List.of(table(x, labels, random), table(z, labels, random)));
        return new MultimodalDataset("random", samples, new Targets.Labels(task, labels));
    }

    private static FeatureTable table(Modality modality, int[] labels, Random random) {
        float[] values = new float[labels.length * modality.width()];
        for (int i = 0; i < values.length; i++) {
            boolean marked = i % modality.width() % CLASSES == labels[i / modality.width()];
            values[i] = (float) random.nextGaussian() + (marked ? 0.3f : 0f);
        }
        return FeatureTable.complete(modality, labels.length, values);
    }

    /** Phase 1: every student alone. */
    @Benchmark
    public PhaseOutcome alone() {
        return prepared.run(PhasePlan.alone(students()));
    }

    /** Phase 2: all students learn from eight top performers. */
    @Benchmark
    public PhaseOutcome mutual() {
        int count = students().length;
        float[][] weights = new float[count][count];
        for (int i = 0; i < count; i++) {
            for (int j = 0; j < 8; j++) {
                weights[i][j] = i == j ? 0f : 1f / 8;
            }
        }
        return prepared.run(new PhasePlan("mutual", students(), new Objective.Mutual(weights, 1f), List.of()));
    }

    private int[] students() {
        return IntStream.range(0, prepared.layout().cohort().size()).toArray();
    }

    /** Frees the backend. */
    @TearDown(Level.Trial)
    public void close() {
        prepared.close();
        backend.close();
    }
}
