package org.metafusion.testkit;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.metafusion.core.rows.RowValues;
import org.metafusion.core.tensor.Members;
import org.metafusion.core.tensor.Tensor;

/** What every backend makes of rows that lie on the host, wherever there. */
public abstract class RowUploadContract extends BackendContract {

    private static final Members THREE = Members.of(0, 2, 5);
    private static final Members SHARED = Members.SHARED;

    @Test
    void uploadRowsTakesRowsOfTheHostsAndZerosBeyondThem() {
        float[] source = random(SHARED, 5, 3).floats();
        float[] given = source.clone();
        int[] rows = {9, 4, 0, 5, 4, 7};
        Tensor out = upload(poison(SHARED, 4, 3));

        backend.uploadRows(out, given, rows, 1);
        Arrays.fill(given, 99f);
        Arrays.fill(rows, 1);

        float[] want = new float[12];
        System.arraycopy(source, 12, want, 0, 3);
        System.arraycopy(source, 0, want, 3, 3);
        System.arraycopy(source, 12, want, 9, 3);
        TensorAssert.assertSameBits("out", want, backend.download(out));
    }

    @Test
    void uploadRowsTakesRowsThatAreComputedAsTheyAreRead() {
        int[] rows = {3, 0, 2_000_000_000, 6};
        Tensor out = upload(poison(SHARED, 3, 4));

        backend.uploadRows(out, new Counted(7, 4), rows, 1);

        TensorAssert.assertSameBits("out", new float[] {0, 1, 2, 3, 0, 0, 0, 0, 24, 25, 26, 27}, backend.download(out));
    }

    @Test
    void uploadRowsTakesWholeDataSets() {
        int count = 9001;
        int[] rows = IntStream.rangeClosed(0, count).toArray();
        Tensor out = zeros(SHARED, count + 1, 500);

        backend.uploadRows(out, new Counted(count, 500), rows, 0);

        float[] got = backend.download(out);
        for (int i = 0; i < got.length; i++) {
            float want = i < count * 500 ? i : 0f;
            if (got[i] != want) {
                throw new AssertionError("Element " + i + " must be " + want + " but is " + got[i]);
            }
        }
    }

    /** Row after row the numbers from 0 on. */
    private record Counted(int rows, int width) implements RowValues {
        @Override
        public void copy(int row, int count, float[] to, int at) {
            for (int i = 0; i < count * width; i++) {
                to[at + i] = row * width + i;
            }
        }
    }

    @Test
    void uploadRowsRefusesWhatIsNoRow() {
        Tensor out = zeros(SHARED, 2, 3);
        float[] source = new float[6];

        assertRefused("uploadRows", () -> backend.uploadRows(out, new float[7], new int[] {0, 1}, 0), out);
        assertRefused("uploadRows", () -> backend.uploadRows(out, new Counted(2, 4), new int[] {0, 1}, 0), out);
        assertRefused("uploadRows", () -> backend.uploadRows(out, source, new int[] {0}, 0), out);
        assertRefused("uploadRows", () -> backend.uploadRows(out, source, new int[] {0, 1, 2}, 2), out);
        assertRefused("uploadRows", () -> backend.uploadRows(out, source, new int[] {0, -1}, 0));
        Tensor owned = zeros(THREE, 2, 3);
        assertRefused("uploadRows", () -> backend.uploadRows(owned, source, new int[] {0, 1}, 0), owned);
    }
}
