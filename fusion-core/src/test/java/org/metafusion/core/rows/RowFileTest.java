package org.metafusion.core.rows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.metafusion.core.FusionException;

/** Rows of a file hold what rows of the heap hold. */
final class RowFileTest {

    @TempDir
    private Path folder = Path.of("");

    private static float[] random(int rows, int width) {
        Random random = new Random(rows * 31L + width);
        float[] values = new float[rows * width];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }

    private RowValues stored(float[] values, int rows, int width, long segmentBytes) {
        try (RowFile file = RowFile.create(folder, rows, width, segmentBytes)) {
            for (int from = 0; from < rows; from += 7) {
                int count = Math.min(7, rows - from);
                float[] block = new float[10 * width];
                System.arraycopy(values, from * width, block, 0, count * width);
                file.append(block, count);
            }
            return file.rows();
        }
    }

    @ParameterizedTest(name = "{0} rows of {1}, segments of {2} bytes")
    @CsvSource({"1,1,4", "50,3,64", "50,3,12", "50,3,1", "64,4,1048576", "40,9000,1000000", "0,5,64"})
    void aFileHoldsWhatWasWrittenWhereverSegmentsEnd(int rows, int width, long segmentBytes) {
        float[] values = random(rows, width);
        RowValues stored = stored(values, rows, width, segmentBytes);

        assertThat(stored.rows()).isEqualTo(rows);
        assertThat(stored.width()).isEqualTo(width);
        assertThat(stored.array()).isEmpty();
        assertThat(stored.toArray("all")).isEqualTo(values);
        for (int row = 0; row + 2 < rows; row += 3) {
            float[] two = new float[2 * width + 2];
            stored.copy(row, 2, two, 1);
            for (int i = 0; i < 2 * width; i++) {
                assertThat(two[i + 1]).isEqualTo(values[row * width + i]);
            }
        }
    }

    @Test
    void aChoiceOfAChoiceIsThatOfTheHeap() {
        float[] values = random(30, 4);
        int[] first = {29, 3, 4, 5, 4, 0, 17, 18, 2};
        int[] second = {8, 1, 2, 3, 3, 0, 6, 7};
        RowValues heap = new HeapRows(values, 30, 4).select(first).select(second);
        RowValues file = stored(values, 30, 4, 48).select(first).select(second);

        assertThat(file.array()).isEmpty();
        assertThat(file.rows()).isEqualTo(8);
        assertThat(file.toArray("chosen")).isEqualTo(heap.toArray("chosen"));
    }

    @Test
    void aChoiceDoesNotFollowItsNumbers() {
        int[] numbers = {2, 1};
        float[] values = random(3, 2);
        RowValues chosen = stored(values, 3, 2, 64).select(numbers);
        numbers[0] = 0;

        assertThat(chosen.toArray("chosen")).isEqualTo(new float[] {values[4], values[5], values[2], values[3]});
    }

    @Test
    void zerosTakeNoArray() {
        RowValues zeros = new ZeroRows(Integer.MAX_VALUE, 1 << 20).select(new int[] {5, 1_000_000_000});
        float[] to = {9, 9, 9};
        new ZeroRows(3, 1).copy(1, 1, to, 1);

        assertThat(zeros.rows()).isEqualTo(2);
        assertThat(to).containsExactly(9, 0, 9);
    }

    @Test
    void nothingIsLeftInTheFolder() throws IOException {
        RowValues rows = stored(random(9, 2), 9, 2, 64);
        try (var files = Files.list(folder)) {
            assertThat(files).isEmpty();
        }
        assertThat(rows.toArray("all")).isEqualTo(random(9, 2));
    }

    @Test
    void rowsThatAreNotThereAreRefused() {
        RowValues rows = stored(random(9, 2), 9, 2, 1024);
        assertThatThrownBy(() -> rows.copy(8, 2, new float[4], 0))
                .isInstanceOf(IndexOutOfBoundsException.class)
                .hasMessage("2 rows from 8 on are not among 9");
    }

    @Test
    void aFolderWithoutRoomIsSaid() {
        assertThatThrownBy(() -> RowFile.create(folder, Integer.MAX_VALUE, 1 << 20, 1024))
                .isInstanceOf(FusionException.class)
                .hasMessageMatching(
                        "Features that do not lie in the heap take 9007199\\.3 GB of the temporary folder "
                                + folder
                                + " but it has [0-9.]+ GB free; name another by -Djava\\.io\\.tmpdir, or give more heap with -Xmx");
        Path none = folder.resolve("none");
        assertThatThrownBy(() -> RowFile.create(none, 1, 1, 1024))
                .isInstanceOf(FusionException.class)
                .hasMessage("The temporary folder " + none + " cannot hold features (" + none
                        + "); name another by -Djava.io.tmpdir");
    }

    @Test
    void whatTheHeapHasNoRoomForIsSaid() {
        RowValues many = new ZeroRows(3_000_000, 768);
        assertThatThrownBy(() -> many.toArray("Modality 'image'"))
                .isInstanceOf(FusionException.class)
                .hasMessageMatching(
                        "Modality 'image' has 3000000 x 768 values, which are needed in the heap at once here:"
                                + " 9\\.2 GB, and the heap has [0-9.]+ GB and one array 2147483639 values; give fewer rows, or more"
                                + " heap with -Xmx");
    }

    @Test
    void anArrayOfAnotherSizeIsRefused() {
        assertThatThrownBy(() -> new HeapRows(new float[5], 2, 3))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("2 rows of 3 features take 6 values but got 5");
    }
}
