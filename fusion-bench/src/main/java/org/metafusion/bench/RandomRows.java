package org.metafusion.bench;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.metafusion.core.modality.FeatureTable;
import org.metafusion.core.modality.Modality;
import org.metafusion.core.modality.MultimodalDataset;
import org.metafusion.core.modality.Samples;
import org.metafusion.core.modality.Targets;
import org.metafusion.core.modality.Task;

/** Rows of normal noise, of which every tenth feature or so is raised by the row's class. */
final class RandomRows {

    private RandomRows() {}

    static MultimodalDataset of(CohortShape shape, int rows) {
        return of(shape.modalities(), shape.task(), rows);
    }

    static MultimodalDataset of(List<Modality> modalities, Task.Classification task, int rows) {
        Random random = new Random(rows);
        int[] labels = new int[rows];
        for (int row = 0; row < rows; row++) {
            labels[row] = random.nextInt(task.outputs());
        }
        Samples samples = new Samples(
                IntStream.range(0, rows).mapToObj(Integer::toString).toList(),
                modalities.stream().map(m -> table(m, task, labels, random)).toList());
        return new MultimodalDataset("random", samples, new Targets.Labels(task, labels));
    }

    private static FeatureTable table(Modality modality, Task.Classification task, int[] labels, Random random) {
        float[] values = new float[labels.length * modality.width()];
        for (int i = 0; i < values.length; i++) {
            boolean marked = i % modality.width() % task.outputs() == labels[i / modality.width()];
            values[i] = (float) random.nextGaussian() + (marked ? 0.3f : 0f);
        }
        return FeatureTable.complete(modality, labels.length, values);
    }
}
