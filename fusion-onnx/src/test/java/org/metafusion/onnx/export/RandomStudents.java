package org.metafusion.onnx.export;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.metafusion.core.cohort.Cohort;
import org.metafusion.core.fusion.FusionOperators;
import org.metafusion.core.modality.FeatureTable;
import org.metafusion.core.modality.Modality;
import org.metafusion.core.modality.MultimodalDataset;
import org.metafusion.core.modality.Samples;
import org.metafusion.core.modality.Targets;
import org.metafusion.core.modality.Task;
import org.metafusion.core.port.TrainingRows;
import org.metafusion.core.representation.FeatureExtractor;
import org.metafusion.core.representation.Representation;
import org.metafusion.core.student.HeadSpec;
import org.metafusion.core.student.StudentSpec;
import org.metafusion.core.tensor.BackendConfig;
import org.metafusion.core.tensor.TensorBackend;
import org.metafusion.cpu.CpuBackend;
import org.metafusion.ensemble.committee.CombinationRule;
import org.metafusion.ensemble.committee.Committee;
import org.metafusion.ensemble.fit.Extractors;
import org.metafusion.ensemble.fit.RepresentationLabels;
import org.metafusion.ensemble.model.CommitteeBook;
import org.metafusion.ensemble.model.FusionModel;
import org.metafusion.ensemble.model.ModelContent;
import org.metafusion.ensemble.model.PredictionListener;
import org.metafusion.training.network.CohortLayout;
import org.metafusion.training.representation.Preparation;

/**
 * Models of given students with fitted representations but random weights, which is all that parity needs: a graph computes
 * the same formulas whether they have learned anything or not.
 *
 * <p>Modalities {@code image} (6 features, one of them constant), {@code text} (5) and {@code sound} (4), of very different
 * units.
 */
final class RandomStudents {

    static final Task CLASSES = new Task.Classification(List.of("cat", "dog", "emu"));
    static final Task VALUES = new Task.Regression(List.of("height", "weight"));

    private static final int ROWS = 90;
    private static final float GAIN = 2.5f;
    private static final List<Modality> MODALITIES =
            List.of(Modality.of("image", 6), Modality.of("text", 5), Modality.of("sound", 4));

    private final Task task;
    private final List<StudentSpec> students = new ArrayList<>();
    private final List<FeatureExtractor> extractors = new ArrayList<>();
    private int folds = 1;
    private CombinationRule rule = CombinationRule.STACKING;
    private double temperature = 1;

    RandomStudents(Task task) {
        this.task = task;
    }

    /**
     * One more student.
     *
     * @param labels of its representations, joined by {@code |}; {@code -} for null
     */
    RandomStudents student(String operator, String labels, Integer... hidden) {
        List<Representation> representations = new ArrayList<>();
        for (String label : labels.split("\\|")) {
            representations.add(representation(label));
        }
        students.add(new StudentSpec(representations, operator, HeadSpec.of(hidden)));
        return this;
    }

    private Representation representation(String label) {
        if (label.equals("-")) {
            return new Representation.Null();
        }
        return extractors.stream().anyMatch(own -> own.name().equals(label))
                ? new Representation.Extracted(label, Representation.Extracted.OWN_WIDTH)
                : RepresentationLabels.parse(List.of(label)).get(0);
    }

    RandomStudents extractor(FeatureExtractor extractor) {
        extractors.add(extractor);
        return this;
    }

    RandomStudents folds(int count) {
        folds = count;
        return this;
    }

    RandomStudents rule(CombinationRule other) {
        rule = other;
        return this;
    }

    RandomStudents temperature(double other) {
        temperature = other;
        return this;
    }

    /** Rows to learn from. */
    static MultimodalDataset rows(Task task) {
        SplittableRandom random = new SplittableRandom(3);
        float[] shared = new float[ROWS];
        for (int row = 0; row < ROWS; row++) {
            shared[row] = (float) random.nextGaussian();
        }
        List<FeatureTable> tables = new ArrayList<>();
        for (int m = 0; m < MODALITIES.size(); m++) {
            Modality modality = MODALITIES.get(m);
            float[] values = new float[ROWS * modality.width()];
            double unit = Math.pow(30, m - 1);
            for (int i = 0; i < values.length; i++) {
                boolean isConstant = m == 0 && i % modality.width() == 2;
                values[i] =
                        isConstant ? 7f : (float) (unit * (3 + shared[i / modality.width()] + random.nextGaussian()));
            }
            tables.add(FeatureTable.complete(modality, ROWS, values));
        }
        List<String> ids = IntStream.range(0, ROWS).mapToObj(row -> "r" + row).toList();
        return new MultimodalDataset("random", new Samples(ids, tables), targets(task, shared));
    }

    private static Targets targets(Task task, float[] shared) {
        if (task instanceof Task.Classification classes) {
            int[] labels = IntStream.range(0, ROWS)
                    .map(row -> shared[row] < -0.4 ? 0 : shared[row] < 0.4 ? 1 : 2)
                    .toArray();
            return new Targets.Labels(classes, labels);
        }
        float[] values = new float[2 * ROWS];
        for (int row = 0; row < ROWS; row++) {
            values[2 * row] = 170 + 10 * shared[row];
            values[2 * row + 1] = 0.01f * shared[row] * shared[row];
        }
        return new Targets.Values((Task.Regression) task, values);
    }

    /** The model; all students are members of a committee for each set of modalities that they can answer. */
    FusionModel model() {
        TensorBackend backend = new CpuBackend(new BackendConfig(1));
        MultimodalDataset rows = rows(task);
        Cohort cohort = new Cohort(MODALITIES, task, students);
        Extractors known = Extractors.standard().with(extractors);
        Preparation preparation =
                Preparation.fit(cohort, trainingRows(rows), new Preparation.Setup(known.byName(), backend, 1, 11));
        CohortLayout layout = new CohortLayout(cohort, folds, FusionOperators.standard(), preparation::width);
        float[] parameters = layout.initialise(5, preparation.starts());
        for (int i = 0; i < parameters.length; i++) {
            parameters[i] *= GAIN;
        }
        ModelContent content = new ModelContent(
                cohort,
                folds,
                preparation.forPrediction(cohort),
                parameters,
                new CommitteeBook(committees()),
                Map.of());
        return FusionModel.owning(content, backend, PredictionListener.SILENT);
    }

    private TrainingRows trainingRows(MultimodalDataset rows) {
        return folds == 1
                ? TrainingRows.holdout(rows, rows)
                : TrainingRows.crossFitted(
                        rows,
                        folds,
                        IntStream.range(0, ROWS).map(row -> row % folds).toArray());
    }

    private Map<BitSet, Committee> committees() {
        Map<BitSet, Committee> committees = new LinkedHashMap<>();
        for (long bits = 1; bits < 1 << MODALITIES.size(); bits++) {
            BitSet mask = BitSet.valueOf(new long[] {bits});
            int[] members = IntStream.range(0, students.size())
                    .filter(s -> students.get(s).canAnswer(mask))
                    .toArray();
            if (members.length > 0) {
                double[] weights = new double[members.length];
                Arrays.setAll(weights, i -> (i + 1.0) / (members.length * (members.length + 1) / 2.0));
                committees.put(
                        mask, new Committee(rule, members, weights, 1, new double[] {1}, "all who can", temperature));
            }
        }
        return committees;
    }
}
