package org.metafusion.sql;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.BitSet;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.metafusion.core.FusionException;
import org.metafusion.core.modality.FeatureTable;

/** Tables under test, made by DuckDB itself in a folder. */
record TestTables(Path folder) {

    /** Three rows with two lists, the second of which row b lacks. */
    static final String BIRDS = """
            SELECT * FROM (VALUES
              ('a', 'owl', 'train', [1, 2]::FLOAT[], [7, 8, 9]::FLOAT[]),
              ('b', 'owl', 'train', [3, 4]::FLOAT[], NULL),
              ('c', 'jay', 'test', [5, 6]::FLOAT[], [1, 2, 3]::FLOAT[])) t(id, label, split, image, text)""";

    Path parquet(String name, String query) {
        return copied(name, query, "FORMAT parquet");
    }

    Path csv(String name, String query) {
        return copied(name, query, "FORMAT csv, HEADER");
    }

    private Path copied(String name, String query, String format) {
        Path file = folder.resolve(name);
        run("jdbc:duckdb:", "COPY (" + query + ") TO '" + file + "' (" + format + ")");
        return file;
    }

    Path database(String name, String... statements) {
        Path file = folder.resolve(name);
        for (String statement : statements) {
            run("jdbc:duckdb:" + file, statement);
        }
        return file;
    }

    Path text(String name, String content) {
        try {
            return Files.writeString(folder.resolve(name), content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void run(String url, String sql) {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    /** What a table holds when every row is a train row. */
    record Read(RowHeads heads, List<FeatureTable> tables, List<String> notes) {

        FeatureTable table(String modality) {
            return tables.stream()
                    .filter(table -> table.modality().name().equals(modality))
                    .findFirst()
                    .orElseThrow();
        }

        List<String> modalities() {
            return tables.stream()
                    .map(table ->
                            table.modality().name() + ":" + table.modality().features())
                    .toList();
        }
    }

    static Read read(Path file) {
        return read(TableMapping.of(file));
    }

    static Read read(TableMapping mapping) {
        try (TableSource table = TableSource.open(mapping)) {
            RowHeads heads = table.heads();
            BitSet all = new BitSet();
            all.set(0, heads.ids().size());
            List<FeatureTable> tables = table.features(heads.ids(), all).train().tables();
            return new Read(heads, tables, List.copyOf(table.notes()));
        }
    }

    /** What reading the file is answered with, without the folder's path. */
    String complaint(Path file) {
        return complaint(() -> read(file));
    }

    String complaint(ThrowingCallable call) {
        FusionException thrown = catchThrowableOfType(FusionException.class, call);
        return thrown == null
                ? "nothing was thrown"
                : String.valueOf(thrown.getMessage()).replace(folder + "/", "");
    }
}
