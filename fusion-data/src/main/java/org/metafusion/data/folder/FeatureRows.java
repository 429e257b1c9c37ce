package org.metafusion.data.folder;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.metafusion.core.FusionException;
import org.metafusion.core.modality.Modality;

/**
 * The rows of one modality's file, in its order.
 *
 * @param lines where in the file each row is
 * @param values {@code [rows, width]}, row-major, possibly longer
 * @param missing the rows whose cells are all empty
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record FeatureRows(
        CsvFile file, Modality modality, List<String> ids, List<Integer> lines, float[] values, BitSet missing) {

    /** As many values as an array takes. */
    static final int MOST_VALUES = Integer.MAX_VALUE - 8;

    static String tooMany() {
        return "a modality holds " + MOST_VALUES + " values (rows x columns) at most; give fewer columns or rows";
    }

    /** No rows: the modality is missing everywhere. */
    static FeatureRows none(Path folder, Modality modality) {
        CsvFile file = new CsvFile(folder.resolve(modality.name() + ".csv"));
        return new FeatureRows(file, modality, List.of(), List.of(), new float[0], new BitSet());
    }

    /**
     * Reads a file.
     *
     * @param expected the modality a model knows, whose column order the values get
     */
    static FeatureRows read(CsvFile file, String name, Optional<Modality> expected) {
        Reading reading = new Reading(file, name, expected);
        file.read(reading);
        return new FeatureRows(file, reading.modality, reading.ids, reading.lines, reading.values, reading.missing);
    }

    int rows() {
        return ids.size();
    }

    private static final class Reading implements CsvFile.Rows {

        private static final int NONE = -1;

        private final CsvFile file;
        private final Optional<Modality> expected;
        private final String name;
        private final List<String> ids = new ArrayList<>();
        private final List<Integer> lines = new ArrayList<>();
        private final BitSet missing = new BitSet();
        private List<String> columns = List.of();
        private int[] place = {};
        private Modality modality;
        private float[] values = {};
        private int start;
        private int line;
        private int firstEmpty;
        private int firstFilled;

        Reading(CsvFile file, String name, Optional<Modality> expected) {
            this.file = file;
            this.name = name;
            this.expected = expected;
            this.modality = expected.orElseGet(() -> Modality.of(name, 1));
        }

        @Override
        public void header(List<String> header, int line) {
            columns = header;
            if (header.isEmpty()) {
                throw file.error(
                        line, "there is no column but id; give the features of modality " + Wording.quoted(name));
            }
            modality = expected.orElseGet(() -> new Modality(name, header));
            place = expected.isPresent()
                    ? new ColumnMatch(file, line, expected.get()).places(header)
                    : inOrder(header.size());
        }

        private static int[] inOrder(int width) {
            int[] place = new int[width];
            Arrays.setAll(place, j -> j);
            return place;
        }

        @Override
        public void begin(String id, int line) {
            this.line = line;
            start = ids.size() * columns.size();
            if (start > values.length - columns.size()) {
                values = Arrays.copyOf(values, grown());
            }
            ids.add(id);
            lines.add(line);
            firstEmpty = NONE;
            firstFilled = NONE;
        }

        private int grown() {
            long needed = (ids.size() + 1L) * columns.size();
            if (needed > MOST_VALUES) {
                throw file.error(line, tooMany());
            }
            return (int) Math.min(MOST_VALUES, Math.max(needed + needed / 2, 64L * columns.size()));
        }

        @Override
        public void cell(int column, char[] buffer, int offset, int length) {
            if (isBlank(buffer, offset, length)) {
                firstEmpty = firstEmpty == NONE ? column : firstEmpty;
                return;
            }
            firstFilled = firstFilled == NONE ? column : firstFilled;
            float value = Decimals.toFloat(buffer, offset, length);
            if (Float.isNaN(value)) {
                throw notANumber(column, new String(buffer, offset, length).strip());
            }
            values[start + place[column]] = value;
        }

        private static boolean isBlank(char[] buffer, int offset, int length) {
            for (int i = offset; i < offset + length; i++) {
                if (buffer[i] > ' ') {
                    return false;
                }
            }
            return true;
        }

        private FusionException notANumber(int column, String text) {
            String what = "must be a number but is " + Wording.quoted(text);
            if (Numbers.isNotFinite(text)) {
                return file.error(
                        line,
                        columns.get(column),
                        what + "; fill it in, or leave all cells of the row empty to mark the modality as missing");
            }
            if (Numbers.isDouble(text)) {
                return file.error(
                        line, columns.get(column), what + ", beyond the range of 32-bit floats; rescale the column");
            }
            return file.error(
                    line,
                    columns.get(column),
                    what + "; encode it as numbers (decimal point, no unit) or remove the column");
        }

        @Override
        public void end() {
            if (firstFilled == NONE) {
                missing.set(ids.size() - 1);
            } else if (firstEmpty != NONE) {
                throw file.error(
                        line,
                        columns.get(firstEmpty),
                        "the cell is empty but the row has other values; fill it in, or leave all cells of the row"
                                + " empty to mark the modality as missing");
            }
        }
    }
}
