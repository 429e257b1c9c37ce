package org.metafusion.data.simulation;

import java.util.List;
import java.util.stream.IntStream;
import org.metafusion.core.modality.FeatureTable;
import org.metafusion.core.modality.Modality;
import org.metafusion.core.modality.MultimodalDataset;
import org.metafusion.core.modality.Samples;
import org.metafusion.core.modality.SplitDataset;
import org.metafusion.core.modality.Targets;
import org.metafusion.core.modality.Task;

/**
 * Data with a dominant modality and a weaker one that is informative, too: what is learned quickly from the first leaves
 * little to learn from the second.
 *
 * <p>With prototypes {@code p_c, q_c} drawn from {@code N(0, 1)} for each class c, and noise {@code e ~ N(0, 1)}:
 *
 * <pre>
 * audio = strength p_c + e               straight to read
 * image = strength s q_c + e             s = 1 or -1 by chance, so that a linear model of it is useless
 * </pre>
 *
 * @param classes how many, equally likely
 * @param audioWidth features of the dominant modality
 * @param audioStrength of its prototypes
 * @param imageWidth features of the weaker modality
 * @param imageStrength of its prototypes
 */
public record DominantModality(
        int classes, int audioWidth, double audioStrength, int imageWidth, double imageStrength) {

    /** What it is called. */
    public static final String NAME = "dominant-modality";

    /** The dominant modality's name. */
    public static final String STRONG = "audio";

    /** The weaker modality's name. */
    public static final String WEAK = "image";

    /** Eight classes, of which a student of audio alone tells about 96 % right and one of image alone about 90 %. */
    public static DominantModality standard() {
        return new DominantModality(8, 20, 0.9, 30, 0.6);
    }

    /** The data of a seed, all rows complete. */
    public SplitDataset generate(int trainRows, int testRows, long seed) {
        NumberStream numbers = new NumberStream(seed);
        double[][] p = numbers.normals(classes, audioWidth);
        double[][] q = numbers.normals(classes, imageWidth);
        int rows = trainRows + testRows;
        float[] audio = new float[rows * audioWidth];
        float[] image = new float[rows * imageWidth];
        int[] labels = new int[rows];
        for (int row = 0; row < rows; row++) {
            int c = numbers.below(classes);
            labels[row] = c;
            show(audio, row, p[c], audioStrength, numbers);
            show(image, row, q[c], numbers.below(2) == 0 ? imageStrength : -imageStrength, numbers);
        }
        List<FeatureTable> tables = List.of(
                FeatureTable.complete(Modality.of(STRONG, audioWidth), rows, audio),
                FeatureTable.complete(Modality.of(WEAK, imageWidth), rows, image));
        Task.Classification task = new Task.Classification(
                IntStream.range(0, classes).mapToObj(c -> "c" + c).toList());
        List<String> ids = IntStream.range(0, rows).mapToObj(Integer::toString).toList();
        MultimodalDataset all = new MultimodalDataset(NAME, new Samples(ids, tables), new Targets.Labels(task, labels));
        return new SplitDataset(
                all.select(IntStream.range(0, trainRows).toArray()),
                all.select(IntStream.range(trainRows, rows).toArray()));
    }

    private static void show(float[] to, int row, double[] prototype, double strength, NumberStream numbers) {
        for (int j = 0; j < prototype.length; j++) {
            to[row * prototype.length + j] = (float) (strength * prototype[j] + numbers.normal());
        }
    }
}
