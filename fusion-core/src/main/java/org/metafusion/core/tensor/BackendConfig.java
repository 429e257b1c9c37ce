package org.metafusion.core.tensor;

/**
 * Settings of a backend.
 *
 * @param threads how many threads compute on a CPU; 0 for one a processor
 */
public record BackendConfig(int threads) {

    public static final BackendConfig DEFAULT = new BackendConfig(0);

    public BackendConfig {
        if (threads < 0) {
            throw new IllegalArgumentException("threads must be 0 (one a processor) or more but was " + threads);
        }
    }
}
