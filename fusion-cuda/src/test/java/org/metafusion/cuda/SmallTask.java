package org.metafusion.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.metafusion.core.cohort.Cohort;
import org.metafusion.core.cohort.CohortPlan;
import org.metafusion.core.fusion.AttentionFusion;
import org.metafusion.core.fusion.Concatenation;
import org.metafusion.core.fusion.FilmFusion;
import org.metafusion.core.fusion.FusionOperators;
import org.metafusion.core.fusion.GatedFusion;
import org.metafusion.core.fusion.LowRankFusion;
import org.metafusion.core.fusion.MeanFusion;
import org.metafusion.core.modality.FeatureTable;
import org.metafusion.core.modality.Modality;
import org.metafusion.core.modality.MultimodalDataset;
import org.metafusion.core.modality.Samples;
import org.metafusion.core.modality.Targets;
import org.metafusion.core.modality.Task;
import org.metafusion.core.port.Trainer.Objective;
import org.metafusion.core.port.Trainer.PhaseOutcome;
import org.metafusion.core.port.Trainer.PhasePlan;
import org.metafusion.core.port.Trainer.StudentOutcome;
import org.metafusion.core.port.TrainingListener;
import org.metafusion.core.port.TrainingRows;
import org.metafusion.core.representation.Representation;
import org.metafusion.core.student.HeadSpec;
import org.metafusion.core.tensor.BackendConfig;
import org.metafusion.core.tensor.TensorBackend;
import org.metafusion.cpu.CpuBackendProvider;
import org.metafusion.training.phase.CohortTrainer;
import org.metafusion.training.phase.PreparedCohort;
import org.metafusion.training.phase.TrainingOptions;
import org.metafusion.training.representation.PcaExtractor;

/**
 * Eight students that concatenate, and one of every operator with parameters of its own, on two modalities; every ninth
 * row lacks the second. The class is the sign of a sum over both.
 */
final class SmallTask {

    static final Task.Classification TASK = new Task.Classification(List.of("minus", "plus"));

    private static final Modality X = Modality.of("x", 6);
    private static final Modality Z = Modality.of("z", 5);

    /** Narrow ones, since kernels run on the CPU as well. */
    static final FusionOperators OPERATORS = new FusionOperators(List.of(
            new Concatenation(),
            new LowRankFusion(2, 5),
            new MeanFusion(5),
            new GatedFusion(5),
            new AttentionFusion(5),
            new FilmFusion(5)));

    private SmallTask() {}

    static Cohort cohort() {
        Representation raw = new Representation.Raw();
        List<Representation> each = List.of(raw, new Representation.Extracted("pca", 3));
        CohortPlan plan = new CohortPlan(
                List.of(each, each),
                OPERATORS.names(),
                List.of(HeadSpec.of(9)),
                100,
                student -> student.operator().equals(Concatenation.NAME)
                        || student.representations().equals(List.of(raw, raw)));
        return plan.build(List.of(X, Z), TASK);
    }

    /** The eight that concatenate: the fewest launches a step can have. */
    static Cohort concatenating() {
        Cohort all = cohort();
        return new Cohort(
                all.modalities(),
                TASK,
                all.students().stream()
                        .filter(student -> student.operator().equals(Concatenation.NAME))
                        .toList());
    }

    private static MultimodalDataset rows(int count, long seed) {
        Random random = new Random(seed);
        float[] x = new float[count * X.width()];
        float[] z = new float[count * Z.width()];
        int[] labels = new int[count];
        BitSet withoutZ = new BitSet();
        for (int row = 0; row < count; row++) {
            double sum = add(x, row, X.width(), random) + add(z, row, Z.width(), random);
            labels[row] = sum > 0 ? 1 : 0;
            withoutZ.set(row, row % 9 == 4);
        }
        List<String> ids = IntStream.range(0, count).mapToObj(i -> "r" + i).toList();
        Samples samples =
                new Samples(ids, List.of(FeatureTable.complete(X, count, x), new FeatureTable(Z, count, z, withoutZ)));
        return new MultimodalDataset("signs", samples, new Targets.Labels(TASK, labels));
    }

    private static double add(float[] values, int row, int width, Random random) {
        double sum = 0;
        for (int j = row * width; j < (row + 1) * width; j++) {
            values[j] = (float) random.nextGaussian();
            sum += values[j];
        }
        return sum;
    }

    /** Eight epochs of all students, learning from the first three as well as from the labels. */
    static PhaseOutcome train(TensorBackend backend) {
        TrainingOptions options = new TrainingOptions(8, 32, 1e-2f, 1e-3f, 0.1f, 8, 2f, 1f, 7);
        CohortTrainer trainer =
                new CohortTrainer(backend, OPERATORS, Map.of(PcaExtractor.NAME, new PcaExtractor()), options);
        int[] everyone = IntStream.range(0, cohort().size()).toArray();
        float[][] weights = new float[everyone.length][everyone.length];
        for (int i = 0; i < everyone.length; i++) {
            for (int j = 0; j < 3; j++) {
                weights[i][j] = i == j ? 0f : 1f / 3;
            }
        }
        try (PreparedCohort prepared =
                trainer.begin(cohort(), TrainingRows.holdout(rows(130, 1), rows(70, 2)), TrainingListener.SILENT)) {
            return prepared.run(new PhasePlan("mutual", everyone, new Objective.Mutual(weights, 0.5f), List.of()));
        }
    }

    /** Trains on the backend and on the CPU and compares losses and outputs; closes the backend. */
    static void assertLearnedAsOnTheCpu(TensorBackend other) {
        PhaseOutcome wanted;
        try (TensorBackend cpu = new CpuBackendProvider().open(new BackendConfig(1))) {
            wanted = SmallTask.train(cpu);
        }
        PhaseOutcome got;
        try (TensorBackend cuda = other) {
            got = SmallTask.train(cuda);
        }
        assertThat(got.students()).hasSameSizeAs(wanted.students());
        for (int s = 0; s < wanted.students().size(); s++) {
            StudentOutcome want = wanted.students().get(s);
            StudentOutcome have = got.students().get(s);
            assertThat(have.validationLoss()).isCloseTo(want.validationLoss(), within(1e-4));
            for (int epoch = 0; epoch < want.lossByEpoch().length; epoch++) {
                assertThat(have.lossByEpoch()[epoch])
                        .as("student %d, epoch %d", s, epoch + 1)
                        .isCloseTo(want.lossByEpoch()[epoch], within(1e-4));
            }
            for (int i = 0; i < want.validationOutputs().length; i++) {
                assertThat(have.validationOutputs()[i]).isCloseTo(want.validationOutputs()[i], within(1e-3f));
            }
        }
    }
}
