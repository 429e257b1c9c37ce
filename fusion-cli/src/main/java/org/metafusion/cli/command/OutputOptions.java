package org.metafusion.cli.command;

import org.metafusion.cli.progress.BarProgress;
import org.metafusion.cli.progress.LineProgress;
import org.metafusion.cli.progress.Progress;
import org.metafusion.cli.progress.TerminalLine;
import org.metafusion.cli.report.JsonRenderer;
import org.metafusion.cli.report.Renderer;
import org.metafusion.cli.report.Terminal;
import org.metafusion.cli.report.TextRenderer;
import picocli.CommandLine.Option;

/** Options that every command has: how it speaks. */
final class OutputOptions {

    static final String STACKTRACE = "--stacktrace";

    @Option(
            names = {"-q", "--quiet"},
            description = "Only results: no progress, no notes.")
    private boolean quiet;

    @Option(names = "--json", description = "One JSON document on standard output, and nothing else there.")
    private boolean json;

    @Option(names = STACKTRACE, description = "Show where a failure comes from.")
    private boolean stacktrace;

    boolean quiet() {
        return quiet;
    }

    boolean json() {
        return json;
    }

    boolean stacktrace() {
        return stacktrace;
    }

    Renderer renderer(Terminal terminal, String command) {
        return json ? new JsonRenderer(terminal.out(), command) : new TextRenderer(terminal.out(), terminal.ink());
    }

    Progress progress(Terminal terminal) {
        if (quiet) {
            return Progress.SILENT;
        }
        return terminal.live()
                ? new BarProgress(new TerminalLine(terminal.err(), terminal.width()))
                : new LineProgress(terminal.err());
    }

    /** A line for people on standard error. */
    void note(Terminal terminal, String line) {
        if (!quiet) {
            terminal.err().print(line + "\n");
            terminal.err().flush();
        }
    }
}
