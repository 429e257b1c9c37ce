package org.metafusion.data.folder;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.metafusion.core.FusionException;

/**
 * A CSV file that says more about the rows of a data set, by id: other splits, folds, other targets. It may hold ids the
 * data set does not have.
 */
public final class SideTable {

    private final CsvFile file;
    private final List<String> columns;
    private final Map<String, Integer> rowOfId;
    private final List<List<String>> cells;
    private final List<Integer> lines;

    private SideTable(CsvFile file, Reading reading) {
        this.file = file;
        this.columns = reading.columns;
        this.rowOfId = reading.rowOfId;
        this.cells = reading.cells;
        this.lines = reading.lines;
    }

    /**
     * Reads the file.
     *
     * @throws FusionException if it cannot be read or is not of the form
     */
    public static SideTable read(Path path) {
        if (!Files.isRegularFile(path)) {
            throw new FusionException("There is no file " + path + "; check the path");
        }
        CsvFile file = new CsvFile(path);
        Reading reading = new Reading();
        file.read(reading);
        return new SideTable(file, reading);
    }

    /** The columns beside {@code id}. */
    public List<String> columns() {
        return columns;
    }

    /** Its path, for messages. */
    public Path path() {
        return file.path();
    }

    /**
     * What a column says of each id, in the order of the ids.
     *
     * @throws FusionException if there is no such column or an id is not there
     */
    public List<String> values(String column, List<String> ids) {
        int index = columns.indexOf(column);
        if (index < 0) {
            throw file.error("there is no column " + Wording.quoted(column) + "; it has " + Wording.names(columns));
        }
        return ids.stream().map(id -> cells.get(row(id)).get(index)).toList();
    }

    private int row(String id) {
        Integer row = rowOfId.get(id);
        if (row == null) {
            throw file.error("id " + Wording.quoted(id) + " of the data set is not there; add a line for it");
        }
        return row;
    }

    /** A complaint about a cell of this file. */
    public FusionException error(String id, String column, String message) {
        return file.error(lines.get(row(id)), column, message);
    }

    private static final class Reading implements CsvFile.Rows {

        private final Map<String, Integer> rowOfId = new HashMap<>();
        private final List<List<String>> cells = new ArrayList<>();
        private final List<Integer> lines = new ArrayList<>();
        private List<String> columns = List.of();
        private List<String> row = List.of();

        @Override
        public void header(List<String> names, int line) {
            columns = names;
        }

        @Override
        public void begin(String id, int line) {
            rowOfId.put(id, cells.size());
            lines.add(line);
            row = new ArrayList<>();
        }

        @Override
        public void cell(int column, char[] buffer, int offset, int length) {
            row.add(new String(buffer, offset, length).strip());
        }

        @Override
        public void end() {
            cells.add(List.copyOf(row));
        }
    }
}
