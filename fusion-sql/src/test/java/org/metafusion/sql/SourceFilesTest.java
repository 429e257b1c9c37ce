package org.metafusion.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.metafusion.sql.TestTables.Read;

/** Files are read by all that is in them, and by nothing but what is in them. */
final class SourceFilesTest {

    @TempDir
    private Path dir = Path.of("");

    private TestTables tables = new TestTables(dir);

    @BeforeEach
    void useFolder() {
        tables = new TestTables(dir);
    }

    @Test
    void aViewIsReadOnce() {
        Path file = tables.database(
                "d.duckdb",
                "CREATE VIEW v AS SELECT i AS id, i AS label, i AS age, [i, 1]::FLOAT[] AS e FROM range(1000) t(i)"
                        + " ORDER BY random()");
        Read read = TestTables.read(file);

        for (int i = 0; i < 1000; i++) {
            float id = Float.parseFloat(read.heads().ids().get(i));
            assertThat(Float.parseFloat(read.heads().labels().get(0).get(i))).isEqualTo(id);
            assertThat(read.table("table").values()[i]).isEqualTo(id);
            assertThat(read.table("e").values()[2 * i]).isEqualTo(id);
        }
    }
}
