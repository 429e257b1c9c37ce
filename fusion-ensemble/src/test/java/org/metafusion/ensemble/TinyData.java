package org.metafusion.ensemble;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.metafusion.core.modality.FeatureTable;
import org.metafusion.core.modality.Modality;
import org.metafusion.core.modality.MultimodalDataset;
import org.metafusion.core.modality.Samples;
import org.metafusion.core.modality.Targets;
import org.metafusion.core.modality.Task;
import org.metafusion.core.student.HeadSpec;
import org.metafusion.ensemble.fit.CohortOptions;
import org.metafusion.ensemble.fit.FitOptions;
import org.metafusion.training.phase.TrainingOptions;

/** Small data sets and short trainings: two modalities that both know of the target. */
public final class TinyData {

    public static final Task.Classification CLASSES = new Task.Classification(List.of("low", "middle", "high"));
    public static final Task.Regression VALUE = new Task.Regression(List.of("value"));

    private TinyData() {}

    /** {@code image} of 8 and {@code text} of 6 features; with missing, a quarter of the rows lacks one of them. */
    public static MultimodalDataset of(Task task, int rows, boolean missing) {
        Random random = new Random(42);
        float[] hidden = new float[rows];
        for (int row = 0; row < rows; row++) {
            hidden[row] = (float) random.nextGaussian();
        }
        BitSet noImage = new BitSet();
        BitSet noText = new BitSet();
        for (int row = 3; missing && row < rows; row += 4) {
            (row % 8 == 3 ? noImage : noText).set(row);
        }
        Samples samples = new Samples(
                IntStream.range(0, rows).mapToObj(row -> "row" + row).toList(),
                List.of(table("image", 8, hidden, random, noImage), table("text", 6, hidden, random, noText)));
        return new MultimodalDataset("tiny", samples, targets(task, hidden));
    }

    private static FeatureTable table(String name, int width, float[] hidden, Random random, BitSet missing) {
        float[] values = new float[hidden.length * width];
        for (int i = 0; i < values.length; i++) {
            int feature = i % width;
            values[i] = hidden[i / width] * (feature - 2) + 0.7f * (float) random.nextGaussian();
        }
        return new FeatureTable(Modality.of(name, width), hidden.length, values, missing);
    }

    private static Targets targets(Task task, float[] hidden) {
        if (task instanceof Task.Regression regression) {
            float[] values = new float[hidden.length];
            for (int row = 0; row < values.length; row++) {
                values[row] = 100 + 7 * hidden[row];
            }
            return new Targets.Values(regression, values);
        }
        int[] labels = new int[hidden.length];
        for (int row = 0; row < labels.length; row++) {
            labels[row] = hidden[row] < -0.4f ? 0 : hidden[row] < 0.4f ? 1 : 2;
        }
        return new Targets.Labels(CLASSES, labels);
    }

    /** A few epochs of small students, raw and PCA of both modalities. */
    public static FitOptions options() {
        return options(
                Map.of("image", List.of("raw", "pca4"), "text", List.of("raw", "pca3")), List.of("concatenation"), 4);
    }

    /** Small students of the given representations and operators. */
    public static FitOptions options(Map<String, List<String>> representations, List<String> operators, int epochs) {
        FitOptions defaults = FitOptions.defaults();
        TrainingOptions training = new TrainingOptions(epochs, 16, 5e-3f, 1e-3f, 0.1f, epochs, 1f, 1f, 7);
        return defaults.withCohort(new CohortOptions(representations, List.of(HeadSpec.of(8)), true, operators, 40))
                .withTraining(training);
    }

    /** A facade on the CPU with the tiny options. */
    public static MetaFusion.Builder tiny() {
        return MetaFusion.configure().backend("cpu").threads(1).options(options());
    }

    /** Every prediction's values, row by row. */
    public static List<double[]> values(List<org.metafusion.ensemble.model.Prediction> predictions) {
        List<double[]> values = new ArrayList<>();
        predictions.forEach(prediction -> values.add(prediction.values()));
        return values;
    }
}
