package org.metafusion.cli.command;

import java.util.Optional;
import org.metafusion.core.FusionException;
import picocli.CommandLine.Option;

/** Options on what computes. */
final class ComputeOptions {

    @Option(
            names = "--backend",
            paramLabel = "NAME",
            description = "What computes: auto, cpu or cuda. See 'fusion backends'.")
    private Optional<String> backend = Optional.empty();

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "Threads of the CPU; 0 for one a processor. Results do not depend on it.")
    private Optional<Integer> threads = Optional.empty();

    Optional<String> backend() {
        return backend;
    }

    Optional<Integer> threads() {
        threads.filter(count -> count < 0).ifPresent(count -> {
            throw new FusionException("--threads must be 0 (one a processor) or more but is " + count);
        });
        return threads;
    }
}
