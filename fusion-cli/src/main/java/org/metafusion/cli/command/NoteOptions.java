package org.metafusion.cli.command;

import org.metafusion.cli.report.Terminal;
import picocli.CommandLine.Option;

/** Options that every command has: what it tells people. */
class NoteOptions {

    static final String STACKTRACE = "--stacktrace";

    @Option(
            names = {"-q", "--quiet"},
            description = "Only results: no progress, no notes.")
    private boolean quiet;

    @Option(names = STACKTRACE, description = "Show where a failure comes from.")
    private boolean stacktrace;

    final boolean quiet() {
        return quiet;
    }

    final boolean stacktrace() {
        return stacktrace;
    }

    /** A line for people on standard error. */
    final void note(Terminal terminal, String line) {
        if (!quiet) {
            terminal.err().print(line + "\n");
            terminal.err().flush();
        }
    }
}
