package org.metafusion.sql;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.duckdb.DuckDBChunkedResult;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBDataChunkReader;
import org.duckdb.DuckDBPreparedStatement;
import org.duckdb.DuckDBReadableVector;

/**
 * The result of a query, vector by vector: up to 2048 values of a column at a time, straight from DuckDB's memory. JDBC's
 * own result set makes an object a value of a list.
 */
final class Vectors implements AutoCloseable {

    private final DuckDBConnection connection;
    private final PreparedStatement statement;
    private final DuckDBChunkedResult result;
    private final Engine engine;

    private Vectors(
            DuckDBConnection connection, PreparedStatement statement, DuckDBChunkedResult result, Engine engine) {
        this.connection = connection;
        this.statement = statement;
        this.result = result;
        this.engine = engine;
    }

    /** Takes the connection over. */
    static Vectors of(DuckDBConnection connection, String sql, Engine engine) throws SQLException {
        try {
            PreparedStatement statement = connection.prepareStatement(sql);
            return new Vectors(
                    connection,
                    statement,
                    statement.unwrap(DuckDBPreparedStatement.class).query(),
                    engine);
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    /** Goes on to the next vectors. */
    boolean next() {
        try {
            return result.nextChunk();
        } catch (RuntimeException e) { // The driver's own kind, which it does not let others see.
            throw engine.failure(e);
        }
    }

    /** The number of rows in each vector. */
    int rows() {
        return (int) chunk().rowCount();
    }

    DuckDBReadableVector column(int column) {
        return chunk().vector(column);
    }

    private DuckDBDataChunkReader chunk() {
        return result.chunk();
    }

    @Override
    public void close() {
        try (connection;
                statement) {
            result.close();
        } catch (SQLException e) {
            throw engine.failure(e);
        }
    }
}
