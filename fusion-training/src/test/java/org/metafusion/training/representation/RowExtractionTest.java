package org.metafusion.training.representation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.BitSet;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.metafusion.core.modality.FeatureFile;
import org.metafusion.core.modality.FeatureTable;
import org.metafusion.core.modality.Modality;
import org.metafusion.core.representation.FittedExtractor;
import org.metafusion.core.rows.RowValues;

/** Standardised and extracted rows are the same bits wherever the features lie. */
final class RowExtractionTest {

    private static final int ROWS = 9001;
    private static final Modality X = Modality.of("x", 3);

    private static FeatureTable heap() {
        Random random = new Random(5);
        float[] values = new float[3 * ROWS];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (10 + 3 * random.nextGaussian());
        }
        BitSet missing = new BitSet();
        missing.set(17);
        missing.set(4096);
        return new FeatureTable(X, ROWS, values, missing);
    }

    private static FeatureTable file() {
        try (FeatureFile file = FeatureFile.create(X, ROWS)) {
            file.append(heap());
            return file.table();
        }
    }

    /** Two features: the sum of a row, and the same doubled. */
    private record Sums(int surplus) implements FittedExtractor {

        @Override
        public int width() {
            return 2;
        }

        @Override
        public float[] apply(float[] values, int rows) {
            float[] sums = new float[2 * rows + surplus];
            for (int row = 0; row < rows; row++) {
                sums[2 * row] = values[3 * row] + values[3 * row + 1] + values[3 * row + 2];
                sums[2 * row + 1] = 2 * sums[2 * row];
            }
            return sums;
        }

        @Override
        public Map<String, float[]> state() {
            return Map.of();
        }
    }

    @Test
    void standardisersOfHeapAndFileAreTheSame() {
        Standardiser heap = Standardiser.fit(heap());
        Standardiser file = Standardiser.fit(file());

        assertThat(file.mean()).isEqualTo(heap.mean());
        assertThat(file.scale()).isEqualTo(heap.scale());
        RowValues lazy = heap.values(file());
        assertThat(lazy.array()).isEmpty();
        assertThat(lazy.toArray("x")).isEqualTo(heap.apply(heap()));
        float[] two = {7, 7, 7, 7, 7, 7, 7};
        lazy.copy(16, 2, two, 1);
        assertThat(two[0]).isEqualTo(7);
        assertThat(two[1]).isNotZero();
        assertThat(new float[] {two[4], two[5], two[6]}).containsOnly(0f);
    }

    @Test
    void representationsOfHeapAndFileAreTheSame() {
        Standardiser standardiser = Standardiser.fit(heap());
        float[] wanted = new Sums(0).apply(standardiser.apply(heap()), ROWS);
        RowExtraction sums = new RowExtraction("sums", new Sums(0));

        RowValues fromHeap = sums.of(standardiser.values(heap()), 0);
        RowValues fromFile = sums.of(standardiser.values(file()));
        RowValues toFile = sums.of(standardiser.values(file()), 2L * ROWS - 1);

        assertThat(fromHeap.array()).contains(wanted);
        assertThat(fromFile.array()).contains(wanted);
        assertThat(toFile.array()).isEmpty();
        assertThat(toFile.toArray("sums")).isEqualTo(wanted);
    }

    @Test
    void rowsToldOtherwiseStandAmongTheOthers() {
        RowValues others = Standardiser.fit(heap()).values(heap());
        RowValues told = new OutOfBagRows(others, new int[] {2, 5}, new float[] {91, 92, 93, 94, 95, 96});
        float[] wanted = others.toArray("x").clone();
        System.arraycopy(new float[] {91, 92, 93}, 0, wanted, 6, 3);
        System.arraycopy(new float[] {94, 95, 96}, 0, wanted, 15, 3);

        assertThat(told.toArray("x")).isEqualTo(wanted);
        for (int row = 0; row < 7; row++) {
            float[] two = new float[6];
            told.copy(row, 2, two, 0);
            assertThat(two).isEqualTo(java.util.Arrays.copyOfRange(wanted, 3 * row, 3 * row + 6));
        }
    }

    @Test
    void anExtractorThatGivesAnotherNumberOfValuesIsNamed() {
        RowValues rows = Standardiser.fit(heap()).values(heap());
        assertThatThrownBy(() -> new RowExtraction("sums", new Sums(1)).of(rows))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("Representation 'sums' of 4096 rows must have 4096 x 2 values but its extractor gave 8193");
    }
}
