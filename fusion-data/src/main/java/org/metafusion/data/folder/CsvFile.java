package org.metafusion.data.folder;

import de.siegmar.fastcsv.reader.AbstractBaseCsvCallbackHandler;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import de.siegmar.fastcsv.reader.RecordType;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PushbackReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.metafusion.core.FusionException;

/**
 * A CSV file whose first line names the columns and whose first column is {@code id}: UTF-8 with or without byte order
 * mark, comma-separated, any line ends, quotes where wanted. Empty lines are skipped; blanks around a cell do not count.
 */
final class CsvFile {

    private static final char BYTE_ORDER_MARK = '\uFEFF';

    /** Takes a file's rows as they are read. Columns are counted without {@code id}; lines from one. */
    interface Rows {
        void header(List<String> columns, int line);

        void begin(String id, int line);

        void cell(int column, char[] buffer, int offset, int length);

        void end();
    }

    private final Path path;

    CsvFile(Path path) {
        this.path = path;
    }

    Path path() {
        return path;
    }

    /** What messages call this file. */
    Origin origin() {
        return new Origin(path.toString(), String.valueOf(path.getFileName()), "line");
    }

    FusionException error(String message) {
        return origin().error(message);
    }

    FusionException error(int line, String message) {
        return origin().error(line, message);
    }

    FusionException error(int line, String column, String message) {
        return origin().error(line, column, message);
    }

    /**
     * Reads the file through.
     *
     * @throws FusionException if it cannot be read, is not of the form, or {@code rows} objects
     */
    void read(Rows rows) {
        Records records = new Records(this, rows);
        try (PushbackReader text = new PushbackReader(
                        new InputStreamReader(Files.newInputStream(path), StandardCharsets.UTF_8.newDecoder()));
                CsvReader<Boolean> reader = CsvReader.builder()
                        .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                        .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                        .allowUnclosedQuote(false)
                        .build(records, unmarked(text))) {
            reader.forEach(record -> {});
        } catch (CsvParseException e) {
            throw readable(e);
        } catch (UncheckedIOException e) {
            throw unreadable(e.getCause() == null ? new IOException(e) : e.getCause());
        } catch (IOException e) {
            throw unreadable(e);
        }
        records.requireRows();
    }

    /** Without the byte order mark, after which a quote would not be one. */
    private static Reader unmarked(PushbackReader text) throws IOException {
        int first = text.read();
        if (first >= 0 && first != BYTE_ORDER_MARK) {
            text.unread(first);
        }
        return text;
    }

    private FusionException readable(CsvParseException e) {
        for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof FusionException known) {
                return known;
            }
            if (cause instanceof IOException io) {
                return unreadable(io);
            }
        }
        String reason = String.valueOf(e.getMessage()).replaceAll("\\s+", " ");
        return new FusionException(path + " is not a proper CSV file: " + reason + "; mend the quotes there", e);
    }

    private FusionException unreadable(IOException e) {
        if (e instanceof CharacterCodingException) {
            return new FusionException(path + " is not UTF-8 text; save it as CSV in UTF-8", e);
        }
        return new FusionException(
                path + " cannot be read (" + e.getClass().getSimpleName() + "); check that it is a file you may read",
                e);
    }

    /** Splits records into header, id and cells, and checks what all files have in common. */
    private static final class Records extends AbstractBaseCsvCallbackHandler<Boolean> {

        private final CsvFile file;
        private final Rows rows;
        private final List<String> header = new ArrayList<>();
        private final Map<String, Integer> lineOfId = new HashMap<>();
        private boolean headerDone;
        private int line;

        Records(CsvFile file, Rows rows) {
            this.file = file;
            this.rows = rows;
        }

        @Override
        protected void handleBegin(long startingLineNumber) {
            line = (int) startingLineNumber;
        }

        @Override
        protected void handleField(int index, char[] buffer, int offset, int length, boolean quoted) {
            if (!headerDone) {
                header.add(new String(buffer, offset, length).strip());
            } else if (index == 0) {
                begin(new String(buffer, offset, length).strip());
            } else if (index < header.size()) {
                rows.cell(index - 1, buffer, offset, length);
            }
        }

        private void begin(String id) {
            if (id.isEmpty()) {
                throw file.error(line, "id", "the id is blank; give the row an id or remove it");
            }
            Integer before = lineOfId.putIfAbsent(id, line);
            if (before != null) {
                throw file.error(
                        line,
                        "id",
                        "id " + Wording.quoted(id) + " is already on line " + before + "; give each row its own id");
            }
            rows.begin(id, line);
        }

        @Override
        protected Boolean buildRecord() {
            if (getRecordType() == RecordType.EMPTY) {
                return Boolean.FALSE;
            }
            if (headerDone) {
                endRow();
            } else {
                endHeader();
            }
            return Boolean.TRUE;
        }

        private void endRow() {
            if (getFieldCount() != header.size()) {
                throw file.error(
                        line,
                        "the row has " + Wording.count(getFieldCount(), "cell") + " but the header names "
                                + Wording.count(header.size(), "column")
                                + "; give a cell a column, with quotes around a cell that holds a comma");
            }
            rows.end();
        }

        private void endHeader() {
            if (!header.get(0).equals("id")) {
                throw file.error(
                        line,
                        "the first column must be 'id' but is " + Wording.quoted(header.get(0)) + "; " + mendOfId());
            }
            Set<String> names = new HashSet<>();
            for (int column = 0; column < header.size(); column++) {
                String name = header.get(column);
                if (name.isEmpty()) {
                    throw file.error(line, "column " + (column + 1) + " has no name; give every column a name");
                }
                if (!names.add(name)) {
                    throw file.error(
                            line,
                            "column " + Wording.quoted(name) + " is named twice (columns " + (header.indexOf(name) + 1)
                                    + " and " + (column + 1) + "); column names must be unique");
                }
            }
            headerDone = true;
            rows.header(List.copyOf(header.subList(1, header.size())), line);
        }

        private String mendOfId() {
            if (header.size() == 1 && header.get(0).startsWith("id;")) {
                return "separate the columns with commas, not semicolons";
            }
            if (header.size() == 1 && header.get(0).startsWith("id\t")) {
                return "separate the columns with commas, not tabs";
            }
            return "start the file with a header line whose first column is id";
        }

        void requireRows() {
            if (!headerDone) {
                throw file.error("the file is empty; give a header line that starts with id, and a line a row");
            }
            if (lineOfId.isEmpty()) {
                throw file.error("there is a header but no row below it; give a line a row, or remove the file");
            }
        }
    }
}
