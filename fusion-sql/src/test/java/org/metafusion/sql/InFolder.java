package org.metafusion.sql;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Tests of tables in a folder, which each begins empty. */
abstract class InFolder {

    @TempDir
    Path dir = Path.of("");

    TestTables tables = new TestTables(dir);

    @BeforeEach
    void useFolder() {
        tables = new TestTables(dir);
    }
}
