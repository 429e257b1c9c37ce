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

/** Options of the commands that have results: how they are told. */
final class OutputOptions extends NoteOptions {

    @Option(names = "--json", description = "One JSON document on standard output, and nothing else there.")
    private boolean json;

    boolean json() {
        return json;
    }

    Renderer renderer(Terminal terminal, String command) {
        return json ? new JsonRenderer(terminal.out(), command) : new TextRenderer(terminal.out(), terminal.ink());
    }

    Progress progress(Terminal terminal) {
        if (quiet()) {
            return Progress.SILENT;
        }
        return terminal.live()
                ? new BarProgress(new TerminalLine(terminal.err(), terminal.width()))
                : new LineProgress(terminal.err());
    }
}
