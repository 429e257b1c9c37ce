package org.metafusion.core.modality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.BitSet;
import org.junit.jupiter.api.Test;

/** A table in a file is the table of the heap. */
final class FeatureFileTest {

    private static final Modality IMAGE = Modality.of("image", 2);

    private static BitSet rows(int... rows) {
        BitSet set = new BitSet();
        for (int row : rows) {
            set.set(row);
        }
        return set;
    }

    /** Rows 1 and 3 of 5 are missing. */
    private static FeatureTable stored() {
        try (FeatureFile file = FeatureFile.create(IMAGE, 5)) {
            file.append(new FeatureTable(IMAGE, 2, new float[] {1, 2, 9, 9}, rows(1)));
            file.append(new FeatureTable(IMAGE, 3, new float[] {3, 4, 9, 9, 5, 6}, rows(1)));
            return file.table();
        }
    }

    @Test
    void blocksAreOneTableWithTheirGaps() {
        FeatureTable table = stored();

        assertThat(table.rows()).isEqualTo(5);
        assertThat(table.values()).containsExactly(1, 2, 0, 0, 3, 4, 0, 0, 5, 6);
        assertThat(table.missing()).isEqualTo(rows(1, 3));
        assertThat(table.rowValues().array()).isEmpty();
    }

    @Test
    void aChoiceTakesGapsAlong() {
        FeatureTable chosen = stored().select(new int[] {4, 3, 0, 4});

        assertThat(chosen.values()).containsExactly(5, 6, 0, 0, 1, 2, 5, 6);
        assertThat(chosen.missing()).isEqualTo(rows(1));
        assertThat(chosen.rowValues().array()).isEmpty();
    }

    @Test
    void otherValuesAndNoneKeepTheRows() {
        assertThat(stored().withValues(new float[10]).missingCount()).isEqualTo(2);
        assertThat(stored().withoutValues().missingCount()).isEqualTo(5);
        assertThat(stored().withoutValues().values()).containsOnly(0f).hasSize(10);
        FeatureTable absent = FeatureTable.absent(IMAGE, 2_000_000_000);
        assertThat(absent.select(new int[] {7}).isPresent(0)).isFalse();
    }

    @Test
    void rowsOfAnotherModalityAreRefused() {
        try (FeatureFile file = FeatureFile.create(IMAGE, 1)) {
            FeatureTable text = FeatureTable.complete(Modality.of("text", 2), 1, new float[2]);
            assertThatThrownBy(() -> file.append(text))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("Rows of modality 'text' do not go into a file of modality 'image'");
        }
    }
}
