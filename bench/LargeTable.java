import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Makes the Parquet file of docs/performance.md, "A table larger than the heap": two list columns of 768 floats that do not
 * compress. 20,000 rows are drawn, of which the class k shifts every third feature and 10 % have another label; further rows
 * are these times a factor, since drawing takes far longer. A row in five is a test row, with all its multiples.
 *
 * <pre>
 * java -cp 'fusion-cli/target/lib/*' bench/LargeTable.java 50 big.parquet      # 50 x 20,000 rows, 6.2 GB, some minutes
 * </pre>
 */
public final class LargeTable {

    private static final String DRAWN = "list_transform(range(768), lambda x: ((hash(i * 768 + x + %d) %% 1000003) / 500000.0"
            + " - 1 + CASE WHEN x %% 3 = i %% 3 THEN %s ELSE 0 END)::FLOAT) AS %s";
    private static final String SCALED = "list_transform(%1$s, lambda x: (x * f)::FLOAT) AS %1$s";

    private LargeTable() {}

    public static void main(String[] arguments) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE drawn AS SELECT i, CASE WHEN hash(i) % 10 = 0 THEN (hash(i + 7) % 3)::INT ELSE"
                    + " (i % 3)::INT END AS label, CASE WHEN i % 5 = 0 THEN 'test' ELSE 'train' END AS split, "
                    + String.format(DRAWN, 0, "0.06", "image") + ", "
                    + String.format(DRAWN, 1L << 40, "0.04", "text") + " FROM range(20000) t(i)");
            statement.execute("COPY (SELECT 'r' || (k * 20000 + i) AS id, label, split, "
                    + String.format(SCALED, "image") + ", " + String.format(SCALED, "text")
                    + " FROM (SELECT k, (0.75 + 0.5 * ((k * 37) % 50) / 50.0)::FLOAT AS f, drawn.* FROM range("
                    + arguments[0] + ") r(k), drawn)) TO '" + arguments[1] + "' (FORMAT parquet, ROW_GROUP_SIZE 20480)");
        }
    }
}
