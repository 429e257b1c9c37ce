package org.metafusion.cli.progress;

import java.io.PrintStream;
import java.util.function.LongSupplier;
import org.metafusion.report.words.Figures;

/** Progress as lines, for logs: at most one in {@value #SECONDS} seconds. */
public final class LineProgress implements Progress {

    private static final int SECONDS = 5;

    private final PrintStream err;
    private final LongSupplier nanos;
    private String work = "";
    private int epochs;
    private long last;

    public LineProgress(PrintStream err) {
        this(err, System::nanoTime);
    }

    LineProgress(PrintStream err, LongSupplier nanos) {
        this.err = err;
        this.nanos = nanos;
        this.last = nanos.getAsLong();
    }

    @Override
    public void work(String name) {
        work = name + ": ";
    }

    @Override
    public void phaseStarted(String phase, int students, int mostEpochs) {
        epochs = mostEpochs;
    }

    @Override
    public void epochEnded(String phase, int epoch, int active, double bestLoss) {
        if (nanos.getAsLong() - last >= SECONDS * 1_000_000_000L) {
            last = nanos.getAsLong();
            line(work + phase + ": epoch " + epoch + " of " + epochs + ", " + Figures.count(active, "student")
                    + " learning, best validation loss " + Figures.significant(bestLoss));
        }
    }

    @Override
    public void message(String text) {
        line(work + text);
    }

    private void line(String text) {
        err.print(text + "\n");
        err.flush();
    }
}
