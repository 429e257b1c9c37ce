package org.metafusion.training.phase;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.metafusion.core.cohort.Cohort;
import org.metafusion.core.fusion.Concatenation;
import org.metafusion.core.fusion.FusionOperators;
import org.metafusion.core.fusion.ProductFusion;
import org.metafusion.core.modality.FeatureTable;
import org.metafusion.core.modality.Modality;
import org.metafusion.core.modality.MultimodalDataset;
import org.metafusion.core.modality.Samples;
import org.metafusion.core.modality.Targets;
import org.metafusion.core.modality.Task;
import org.metafusion.core.port.TrainingListener;
import org.metafusion.core.port.TrainingRows;
import org.metafusion.core.representation.Representation;
import org.metafusion.core.student.HeadSpec;
import org.metafusion.core.student.StudentSpec;
import org.metafusion.core.tensor.TensorBackend;
import org.metafusion.training.balance.Modulation;
import org.metafusion.training.balance.ModulationOptions;
import org.metafusion.training.balance.ModulationOptions.Scope;

/** Five students of a task that modality x tells nearly and z hardly. */
final class DominatedCohort {

    static final Task.Classification TASK = new Task.Classification(List.of("minus", "plus"));
    static final List<Modality> MODALITIES = List.of(Modality.of("x", 4), Modality.of("z", 4));
    static final Representation RAW = new Representation.Raw();
    static final Representation NONE = new Representation.Null();
    static final Representation ENCODED = new Representation.Encoded(List.of(5), 3);
    static final int ROWS = 48;

    /** Raw joined linearly, raw joined, encoders joined, encoders multiplied, x alone. */
    static final List<StudentSpec> STUDENTS = List.of(
            new StudentSpec(List.of(RAW, RAW), Concatenation.NAME, HeadSpec.LINEAR),
            new StudentSpec(List.of(RAW, RAW), Concatenation.NAME, HeadSpec.of(6)),
            new StudentSpec(List.of(ENCODED, ENCODED), Concatenation.NAME, HeadSpec.of(6)),
            new StudentSpec(List.of(ENCODED, ENCODED), ProductFusion.NAME, HeadSpec.of(6)),
            new StudentSpec(List.of(RAW, NONE), Concatenation.NAME, HeadSpec.of(6)));

    private DominatedCohort() {}

    static MultimodalDataset rows(long seed) {
        Random random = new Random(seed);
        float[] x = new float[ROWS * 4];
        float[] z = new float[ROWS * 4];
        int[] labels = new int[ROWS];
        for (int row = 0; row < ROWS; row++) {
            labels[row] = random.nextInt(2);
            for (int j = 0; j < 4; j++) {
                x[row * 4 + j] = (float) (random.nextGaussian() + 3 * labels[row]);
                z[row * 4 + j] = (float) (random.nextGaussian() + 0.5 * labels[row]);
            }
        }
        return dataset(List.of(x, z), MODALITIES, new Targets.Labels(TASK, labels));
    }

    static MultimodalDataset dataset(List<float[]> features, List<Modality> modalities, Targets targets) {
        List<String> ids = IntStream.range(0, ROWS).mapToObj(i -> "r" + i).toList();
        List<FeatureTable> tables = new ArrayList<>();
        for (int m = 0; m < modalities.size(); m++) {
            tables.add(FeatureTable.complete(modalities.get(m), ROWS, features.get(m)));
        }
        return new MultimodalDataset("dominated", new Samples(ids, tables), targets);
    }

    static PreparedCohort prepare(TensorBackend backend, int epochs, ModulationOptions modulation) {
        TrainingOptions options = new TrainingOptions(epochs, ROWS, 1e-2f, 0f, 0f, epochs, 1f, 1f, 7);
        return new CohortTrainer(backend, FusionOperators.standard(), Map.of(), options, modulation)
                .begin(
                        new Cohort(MODALITIES, TASK, STUDENTS),
                        TrainingRows.holdout(rows(1), rows(2)),
                        TrainingListener.SILENT);
    }

    static ModulationOptions options(Modulation kind, double alpha, Scope scope) {
        return new ModulationOptions(kind, alpha, 1, scope);
    }
}
