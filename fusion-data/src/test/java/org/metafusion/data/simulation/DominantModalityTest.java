package org.metafusion.data.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.metafusion.core.modality.MultimodalDataset;
import org.metafusion.core.modality.SplitDataset;
import org.metafusion.core.modality.Targets;

final class DominantModalityTest {

    @Test
    void aSeedGivesTheSameRowsAndAnotherOthers() {
        SplitDataset first = DominantModality.standard().generate(50, 20, 3);
        SplitDataset again = DominantModality.standard().generate(50, 20, 3);
        SplitDataset other = DominantModality.standard().generate(50, 20, 4);
        assertThat(values(first.train(), 0)).isEqualTo(values(again.train(), 0));
        assertThat(values(first.test(), 1)).isEqualTo(values(again.test(), 1));
        assertThat(values(first.train(), 0)).isNotEqualTo(values(other.train(), 0));
        assertThat(first.train().rows()).isEqualTo(50);
        assertThat(first.test().rows()).isEqualTo(20);
    }

    /** Class means tell the classes apart in audio, and not in image, whose prototypes come with either sign. */
    @Test
    void audioIsStraightToReadAndImageIsNot() {
        MultimodalDataset rows =
                DominantModality.standard().generate(8000, 1, 0).train();
        assertThat(spreadOfClassMeans(rows, 0)).isGreaterThan(0.5);
        assertThat(spreadOfClassMeans(rows, 1)).isLessThan(0.02);
    }

    /** The mean square of the classes' mean features. */
    private static double spreadOfClassMeans(MultimodalDataset rows, int modality) {
        int[] labels = ((Targets.Labels) rows.targets()).labels();
        int width = rows.modalities().get(modality).width();
        float[] values = values(rows, modality);
        double[][] sums = new double[rows.task().outputs()][width];
        int[] counts = new int[sums.length];
        for (int row = 0; row < labels.length; row++) {
            counts[labels[row]]++;
            for (int j = 0; j < width; j++) {
                sums[labels[row]][j] += values[row * width + j];
            }
        }
        double square = 0;
        for (int c = 0; c < sums.length; c++) {
            for (double sum : sums[c]) {
                square += Math.pow(sum / counts[c], 2) / (width * sums.length);
            }
        }
        return square;
    }

    private static float[] values(MultimodalDataset rows, int modality) {
        return rows.samples().tables().get(modality).values();
    }
}
