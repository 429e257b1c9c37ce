package org.metafusion.bench;

import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.metafusion.core.modality.Sample;
import org.metafusion.core.modality.Samples;
import org.metafusion.core.student.HeadSpec;
import org.metafusion.ensemble.MetaFusion;
import org.metafusion.ensemble.committee.CombinationRule;
import org.metafusion.ensemble.committee.SelectionOptions;
import org.metafusion.ensemble.fit.CohortOptions;
import org.metafusion.ensemble.fit.FitOptions;
import org.metafusion.ensemble.fit.MutualOptions;
import org.metafusion.ensemble.model.FusionModel;
import org.metafusion.ensemble.model.Prediction;
import org.metafusion.training.phase.TrainingOptions;
import org.openjdk.jmh.annotations.AuxCounters;
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
 * Prediction through {@link FusionModel}, from 240 + 216 features to ten classes: one row by a committee of five (read
 * {@code p0.50} and {@code p0.99}), and many rows by a committee of 24 (read {@code :rows}, rows a second). The model is
 * fitted in a second or so on random rows; what it predicts is worth nothing.
 *
 * <pre>{@code
 * ./mvnw -q -DskipTests package -pl fusion-bench -am
 * java -jar fusion-bench/target/fusion-bench.jar PredictionBenchmark -p threads=1,2
 * }</pre>
 *
 * <p>What a prediction allocates is {@code gc.alloc.rate.norm} with {@code -prof gc}.
 */
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
public class PredictionBenchmark {

    private static final CohortShape SHAPE = CohortShape.SMALL;
    private static final int TRAIN_ROWS = 400;

    /** A model to ask. */
    @State(Scope.Benchmark)
    public static class Models {

        /** The backend by name. */
        @Param("cpu")
        public String backendName = "cpu";

        /** CPU threads; 0 for one a processor. */
        @Param("1")
        public int threads = 1;

        FusionModel fit(FitOptions options) {
            try (MetaFusion fusion = MetaFusion.configure()
                    .backend(backendName)
                    .threads(threads)
                    .options(options)
                    .build()) {
                return fusion.fit(RandomRows.of(SHAPE, TRAIN_ROWS)).model();
            }
        }
    }

    /** Five members of 24 students, and a row. */
    @State(Scope.Benchmark)
    public static class SingleRow {

        @SuppressWarnings("NullAway.Init") // set up by JMH
        private FusionModel model;

        private Sample sample = new Sample(Map.of());

        /** Fits the model. */
        @Setup(Level.Trial)
        public void fit(Models models) {
            model = models.fit(options(CombinationRule.GREEDY, new SelectionOptions(0, 5, 5, 0)));
            Samples row = RandomRows.of(SHAPE, 1).samples();
            sample = Sample.of("m0", row.tables().get(0).values())
                    .and("m1", row.tables().get(1).values());
        }

        /** Frees the model. */
        @TearDown(Level.Trial)
        public void close() {
            model.close();
        }
    }

    /** All 24 students, and rows. */
    @State(Scope.Benchmark)
    public static class Batch {

        /** Rows a call. */
        @Param("10000")
        public int rows = 10_000;

        @SuppressWarnings("NullAway.Init") // set up by JMH
        private FusionModel model;

        private Samples samples = new Samples(List.of(), List.of());

        /** Fits the model. */
        @Setup(Level.Trial)
        public void fit(Models models) {
            model = models.fit(options(CombinationRule.SIMPLE_AVERAGE, new SelectionOptions(0, 24, 24, 0)));
            samples = RandomRows.of(SHAPE, rows).samples();
        }

        /** Frees the model. */
        @TearDown(Level.Trial)
        public void close() {
            model.close();
        }
    }

    /** Counts predicted rows. */
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.OPERATIONS)
    public static class RowRate {

        /** Rows so far. */
        public double rows;
    }

    private static FitOptions options(CombinationRule rule, SelectionOptions selection) {
        FitOptions defaults = FitOptions.defaults();
        List<String> labels = List.of("raw", "pca64", "pca32", "pca16");
        MutualOptions mutual = new MutualOptions(
                defaults.mutual().scheme(),
                List.of(0.0),
                defaults.mutual().clusters(),
                defaults.mutual().judge(),
                false);
        return new FitOptions(
                new CohortOptions(
                        Map.of("m0", labels, "m1", labels),
                        List.of(HeadSpec.of(SHAPE.hidden())),
                        true,
                        defaults.cohort().operators(),
                        SHAPE.students()),
                new TrainingOptions(2, TimedCohort.BATCH, 1e-3f, 0f, 0f, 2, 1f, 1f, TimedCohort.SEED),
                mutual,
                rule,
                selection,
                defaults.validation().holdout());
    }

    /** One row, five members. */
    @Benchmark
    @BenchmarkMode(Mode.SampleTime)
    @OutputTimeUnit(TimeUnit.MICROSECONDS)
    public Prediction singleRow(SingleRow state) {
        return state.model.predict(state.sample);
    }

    /** Many rows, 24 members. */
    @Benchmark
    @BenchmarkMode(Mode.Throughput)
    @OutputTimeUnit(TimeUnit.SECONDS)
    public List<Prediction> batch(Batch state, RowRate rate) {
        rate.rows += state.rows;
        return state.model.predict(state.samples);
    }
}
