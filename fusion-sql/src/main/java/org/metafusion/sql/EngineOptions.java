package org.metafusion.sql;

import java.util.Locale;
import org.metafusion.core.FusionException;

/**
 * What DuckDB may use.
 *
 * @param threads 0 for one a processor
 * @param memoryLimit such as {@code 2GB}; beyond it DuckDB writes to the temporary folder. Not part of the Java heap
 */
public record EngineOptions(int threads, String memoryLimit) {

    /** Row groups of wide lists take hundreds of megabytes, several of which are open at once. */
    private static final long LEAST = 2048L << 20;

    public EngineOptions {
        if (threads < 0) {
            throw new FusionException("duckdb.threads must be 0 (one a processor) or more but is " + threads);
        }
        if (!memoryLimit.toUpperCase(Locale.ROOT).matches("\\d+(\\.\\d+)? ?[KMGT]I?B")) {
            throw new FusionException(
                    "duckdb.memory-limit must be a size such as 2GB or 500MB but is '" + memoryLimit + "'");
        }
    }

    /** One thread a processor, and as much memory as the Java heap may have, but 2 GB in any case. */
    public static EngineOptions standard() {
        return new EngineOptions(0, Math.max(LEAST, Runtime.getRuntime().maxMemory()) / (1 << 20) + "MiB");
    }

    /** With so many threads, where none are set here. */
    public EngineOptions withThreads(int count) {
        return threads > 0 || count <= 0 ? this : new EngineOptions(count, memoryLimit);
    }
}
