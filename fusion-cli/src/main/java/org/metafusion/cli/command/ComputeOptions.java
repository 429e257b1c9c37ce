package org.metafusion.cli.command;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.metafusion.core.FusionException;
import org.metafusion.ensemble.config.FusionConfig;
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

    /** A configuration with what is given here. */
    FusionConfig over(FusionConfig base) {
        return base.with(overrides());
    }

    /** What is given here, by key. */
    Map<String, String> overrides() {
        Map<String, String> overrides = new LinkedHashMap<>();
        backend().ifPresent(name -> overrides.put("backend", name));
        threads().ifPresent(count -> overrides.put("threads", count.toString()));
        return overrides;
    }
}
