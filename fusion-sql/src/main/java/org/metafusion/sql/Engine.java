package org.metafusion.sql;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.duckdb.DuckDBConnection;
import org.metafusion.core.FusionException;

/** A DuckDB in this process that reads files, and what it says when it cannot. */
final class Engine implements AutoCloseable {

    /** Starts what our own queries complain of, see {@link Sql#complaint}. */
    static final String MARK = "fusion!";

    private static final int LONGEST = 300;

    /** What the driver says of a streamed query that failed on its way. */
    private static final String NO_REASON = "Invalid result set";

    private final DuckDBConnection connection;
    private final String source;

    private Engine(DuckDBConnection connection, String source) {
        this.connection = connection;
        this.source = source;
    }

    /** @param source what messages begin with */
    static Engine open(EngineOptions options, String source) {
        Properties properties = new Properties();
        properties.setProperty("jdbc_stream_results", "true");
        try {
            Connection opened = DriverManager.getConnection("jdbc:duckdb:", properties);
            Engine engine = new Engine(opened.unwrap(DuckDBConnection.class), source);
            engine.execute("SET memory_limit = " + Sql.text(options.memoryLimit()));
            engine.execute("SET temp_directory = " + Sql.text(temporary().toString()));
            if (options.threads() > 0) {
                engine.execute("SET threads = " + options.threads());
            }
            return engine;
        } catch (SQLException e) {
            throw new FusionException("DuckDB does not start (" + oneLine(e) + "); " + source + " cannot be read", e);
        }
    }

    /** DuckDB makes the folder when it first runs out of memory, and removes it. */
    private static Path temporary() {
        return Path.of(
                System.getProperty("java.io.tmpdir"),
                "fusion-duckdb-" + ProcessHandle.current().pid() + "-" + System.nanoTime());
    }

    void execute(String sql) {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw failure(e);
        }
    }

    /** The columns of a relation. */
    List<SourceColumn> columns(String relation) {
        List<SourceColumn> columns = new ArrayList<>();
        rows("DESCRIBE SELECT * FROM " + relation, row -> columns.add(new SourceColumn(row.get(0), row.get(1))));
        return columns;
    }

    /** Takes rows of texts; a NULL is blank. */
    interface TextRow {
        void take(List<String> cells);
    }

    /** Runs a query whose results are few or narrow. */
    void rows(String sql, TextRow taker) {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            int width = rows.getMetaData().getColumnCount();
            while (rows.next()) {
                List<String> cells = new ArrayList<>(width);
                for (int column = 1; column <= width; column++) {
                    cells.add(Optional.ofNullable(rows.getString(column)).orElse(""));
                }
                taker.take(cells);
            }
        } catch (SQLException e) {
            throw String.valueOf(e.getMessage()).contains(NO_REASON) ? again(sql, failure(e)) : failure(e);
        }
    }

    /** The rows of a narrow query as texts. */
    List<List<String>> all(String sql) {
        List<List<String>> all = new ArrayList<>();
        rows(sql, all::add);
        return all;
    }

    /** A query whose result is read in vectors, on a connection of its own, so that several can be read in step. */
    Vectors vectors(String sql) {
        try {
            return Vectors.of(connection.duplicate().unwrap(DuckDBConnection.class), sql, this);
        } catch (SQLException e) {
            throw failure(e);
        }
    }

    /** Why the streamed result of a query ended at row {@code row}. */
    FusionException interrupted(String sql, int row) {
        return again(
                sql,
                error("reading ended before row " + (row + 1) + ", as it does where DuckDB has too little memory or the"
                        + " data change meanwhile; raise duckdb { memory-limit } in a mapping file, or read it when nobody"
                        + " writes to it"));
    }

    /** Runs a query that failed once more without streaming, since what fails then says why. */
    private FusionException again(String sql, FusionException otherwise) {
        try (Connection fresh = connection.duplicate();
                Statement statement = fresh.createStatement()) {
            statement.execute(
                    "CREATE OR REPLACE TEMP TABLE fusion_again AS SELECT count(COLUMNS(*)) FROM (" + sql + ")");
            return otherwise;
        } catch (SQLException e) {
            return failure(e);
        }
    }

    /** How many rows a relation has. */
    long count(String relation) {
        return Long.parseLong(all("SELECT count(*) FROM " + relation).get(0).get(0));
    }

    /**
     * From here on every query runs on the thread that asks for it and on no other: lists are handed over faster so, and
     * each list column has a thread anyway.
     */
    void runOnCallers() {
        execute("SET threads = 1");
    }

    FusionException error(String message) {
        return new FusionException(source + ": " + message);
    }

    /** What went wrong, in one line. */
    FusionException failure(Exception e) {
        String line = oneLine(e);
        int own = line.indexOf(MARK);
        return new FusionException(
                own >= 0
                        ? source + line.substring(own + MARK.length())
                        : source + " cannot be read (" + line + "); "
                                + (line.startsWith("Out of Memory")
                                        ? "raise duckdb { memory-limit } in a mapping file"
                                        : "check the file, or the query"),
                e);
    }

    /** Without the piece of the statement that DuckDB points at, which is ours around the user's. */
    private static String oneLine(Exception e) {
        String line = String.valueOf(e.getMessage())
                .replaceFirst("(?s)\\n\\s*LINE \\d+: .*", "")
                .strip()
                .replaceAll("\\s+", " ");
        return line.length() > LONGEST ? line.substring(0, LONGEST) + "..." : line;
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw failure(e);
        }
    }

    /** Whether a path is that of a file there is; patterns are DuckDB's to resolve. */
    static boolean isThere(String file) {
        return file.matches(".*[*?\\[{].*") || file.contains("://") || Files.isReadable(Path.of(file));
    }

    /** Whether a file has nothing in it, which DuckDB's readers word badly. */
    static boolean isEmpty(String file) {
        try {
            return isThere(file) && Files.isRegularFile(Path.of(file)) && Files.size(Path.of(file)) == 0;
        } catch (IOException e) {
            return false; // Left to the reader.
        }
    }
}
