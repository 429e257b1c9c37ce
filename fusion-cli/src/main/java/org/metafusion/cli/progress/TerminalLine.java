package org.metafusion.cli.progress;

import java.io.PrintStream;
import me.tongfei.progressbar.ProgressBarConsumer;

/** The last line of a terminal, written over and over; other lines go above it. */
public final class TerminalLine implements ProgressBarConsumer {

    private final PrintStream err;
    private final int width;
    private String shown = "";

    /** @param width columns of the terminal */
    public TerminalLine(PrintStream err, int width) {
        this.err = err;
        this.width = width;
    }

    /** One less than there are, since some terminals begin a new line after the last. */
    @Override
    public int getMaxRenderedLength() {
        return width - 1;
    }

    @Override
    public synchronized void accept(String text) {
        String cut = text.length() > width - 1 ? text.substring(0, width - 1) : text;
        err.print("\r" + cut + " ".repeat(Math.max(0, shown.length() - cut.length())));
        err.flush();
        shown = cut;
    }

    /** A line that stays, above this one. */
    public synchronized void above(String text) {
        String now = shown;
        clear();
        err.print(text + "\n");
        accept(now);
    }

    @Override
    public synchronized void clear() {
        if (!shown.isEmpty()) {
            accept("");
            err.print("\r");
            err.flush();
        }
    }

    @Override
    public void close() {
        clear();
    }
}
