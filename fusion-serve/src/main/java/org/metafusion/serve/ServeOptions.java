package org.metafusion.serve;

import java.util.Optional;
import org.metafusion.core.FusionException;

/**
 * How a server serves.
 *
 * @param host the address to listen at; {@code 127.0.0.1} is this machine alone, {@code 0.0.0.0} everyone
 * @param port to listen at; 0 for any that is free
 * @param maxBody bytes of a request at most
 * @param maxConcurrent requests answered at the same time at most; more are turned away with status 503
 * @param adminToken what callers must send to reload or roll back, those on this machine as well; without it only this
 *     machine may
 */
public record ServeOptions(String host, int port, int maxBody, int maxConcurrent, Optional<String> adminToken) {

    /** This machine alone, port 8080, 4 MiB, 64 at a time. */
    public static final ServeOptions DEFAULT = new ServeOptions("127.0.0.1", 8080, 4 << 20, 64, Optional.empty());

    public ServeOptions {
        require(port >= 0 && port <= 65535, "port", port, "0 to 65535");
        require(maxBody >= 1, "max-body", maxBody, "1 or more");
        require(maxConcurrent >= 1, "max-concurrent", maxConcurrent, "1 or more");
    }

    private static void require(boolean holds, String name, int value, String range) {
        if (!holds) {
            throw new FusionException("Option '" + name + "' must be " + range + " but is " + value);
        }
    }

    public ServeOptions withPort(int other) {
        return new ServeOptions(host, other, maxBody, maxConcurrent, adminToken);
    }
}
