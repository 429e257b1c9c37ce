package org.metafusion.sql;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.duckdb.DuckDBChunkedResult;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBDataChunkReader;
import org.duckdb.DuckDBPreparedStatement;
import org.duckdb.DuckDBReadableVector;
import org.metafusion.core.FusionException;

/**
 * The result of a query, vector by vector: up to 2048 values of a column at a time, straight from DuckDB's memory. JDBC's
 * own result set makes an object a value of a list.
 */
final class Vectors implements AutoCloseable {

    private final DuckDBConnection connection;
    private final PreparedStatement statement;
    private final DuckDBChunkedResult result;
    private final Engine engine;
    private final String sql;

    private Vectors(DuckDBConnection connection, PreparedStatement statement, Engine engine, String sql)
            throws SQLException {
        this.connection = connection;
        this.statement = statement;
        this.result = statement.unwrap(DuckDBPreparedStatement.class).query();
        this.engine = engine;
        this.sql = sql;
    }

    /** Takes the connection over. */
    static Vectors of(DuckDBConnection connection, String sql, Engine engine) throws SQLException {
        try {
            return new Vectors(connection, connection.prepareStatement(sql), engine, sql);
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    /**
     * Goes on to the next vectors. Where a query fails on its way the driver gives no more of them and says nothing, so who
     * gets fewer rows than there are must ask {@link #failure}.
     */
    boolean next() {
        try {
            return result.nextChunk();
        } catch (RuntimeException e) { // The driver's own kind, which it does not let others see.
            throw engine.failure(e);
        }
    }

    /**
     * Why there are no more vectors although there should be.
     *
     * @param row the number of the row that is not there
     */
    FusionException failure(int row) {
        return engine.interrupted(sql, row);
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
