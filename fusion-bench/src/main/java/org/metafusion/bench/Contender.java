package org.metafusion.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One side of a comparison: a process that does a workload, once for each request, and what it has measured. It stays
 * warm while the others have their turn.
 */
final class Contender implements AutoCloseable {

    private final String name;
    private final List<String> command;
    private final Map<String, List<Double>> measured = new LinkedHashMap<>();
    private @Nullable Process process;
    private @Nullable BufferedReader answers;
    private @Nullable Writer requests;

    /** @param command without the options that this class adds */
    Contender(String name, List<String> command) {
        this.name = name;
        this.command = List.copyOf(command);
    }

    String name() {
        return name;
    }

    /** Values by {@code part}, in the order they came. */
    Map<String, List<Double>> measured() {
        return measured;
    }

    /** Starts the process and waits until it has warmed up. */
    void warmUp() {
        Process started = start(with("--on-request"));
        process = started;
        answers = started.inputReader();
        requests = started.outputWriter();
        await("\"ready\"");
    }

    /** One repetition of the warm process. */
    void repeat() {
        Writer to = requests;
        if (to == null) {
            throw new IllegalStateException("Contender " + name + " has not been warmed up");
        }
        try {
            to.write('\n');
            to.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        await("\"done\"");
    }

    /** One repetition in a fresh process, timed from its start to its end. */
    void repeatCold() {
        long start = System.nanoTime();
        Process cold = start(with("--warm-up", "0", "--repeat", "1"));
        try {
            cold.getInputStream().readAllBytes();
            if (cold.waitFor() != 0) {
                throw new IllegalStateException(name + " failed: " + command);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        record(Figure.seconds("cold process", (System.nanoTime() - start) / 1e9));
    }

    private void record(Figure figure) {
        measured.computeIfAbsent(figure.part() + ", " + figure.quantity(), part -> new ArrayList<>())
                .add(figure.value());
    }

    private List<String> with(String... options) {
        List<String> all = new ArrayList<>(command);
        all.addAll(List.of(options));
        return all;
    }

    private static Process start(List<String> command) {
        try {
            return new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void await(String mark) {
        BufferedReader from = answers;
        try {
            String line = from == null ? null : from.readLine();
            while (from != null && line != null && !line.contains(mark)) {
                Figure.parse(line).ifPresent(this::record);
                line = from.readLine();
            }
            if (line == null) {
                throw new IllegalStateException(name + " ended before its time: " + command);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        Process running = process;
        if (running != null) {
            try {
                running.getOutputStream().close();
                running.waitFor();
            } catch (IOException e) {
                running.destroy();
            } catch (InterruptedException e) {
                running.destroy();
                Thread.currentThread().interrupt();
            }
        }
    }
}
