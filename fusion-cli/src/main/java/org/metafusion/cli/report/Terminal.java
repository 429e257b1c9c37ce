package org.metafusion.cli.report;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Help.Ansi;

/**
 * Where a command's words go, and what is there to show them.
 *
 * @param out for results
 * @param err for everything else
 * @param ink what {@code out} can show
 * @param live whether {@code err} is a terminal, whose last line can be written over
 * @param width columns of the terminal
 */
public record Terminal(ResultStream out, PrintStream err, Ink ink, boolean live, int width) {

    private static final int USUAL_WIDTH = 80;

    /** Streams that are no terminal, such as files. */
    public static Terminal plain(OutputStream out, PrintStream err) {
        return new Terminal(ResultStream.of(out, false), err, Ink.PLAIN, false, USUAL_WIDTH);
    }

    /** That of this process. Text is UTF-8 whatever the locale: JSON and CSV are, and terminals are. */
    public static Terminal ofProcess() {
        PrintStream err = new PrintStream(new FileOutputStream(FileDescriptor.err), false, StandardCharsets.UTF_8);
        Ink ink = Ansi.AUTO.enabled() ? Ink.ANSI : Ink.PLAIN; // Knows NO_COLOR and the like.
        return new Terminal(ResultStream.ofProcess(), err, ink, isTerminal(2), columns());
    }

    /** Java only tells of input and output together; Linux tells of each stream. */
    private static boolean isTerminal(int descriptor) {
        Path link = Path.of("/proc/self/fd/" + descriptor);
        try {
            String device = Files.readSymbolicLink(link).toString();
            return device.startsWith("/dev/pts/") || device.startsWith("/dev/tty") || device.equals("/dev/console");
        } catch (IOException | UnsupportedOperationException e) {
            return Ansi.AUTO.enabled();
        }
    }

    private static int columns() {
        return Optional.ofNullable(System.getenv("COLUMNS"))
                .filter(columns -> columns.matches("[1-9]\\d{1,3}"))
                .map(Integer::valueOf)
                .orElse(USUAL_WIDTH);
    }
}
