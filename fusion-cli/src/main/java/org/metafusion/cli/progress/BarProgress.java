package org.metafusion.cli.progress;

import java.util.Optional;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.metafusion.report.words.Figures;

/** Progress as a bar that is drawn anew in one line of a terminal, and gone in the end. */
public final class BarProgress implements Progress {

    private static final int MILLIS = 200;

    private final TerminalLine line;
    private String work = "";
    private Optional<ProgressBar> bar = Optional.empty();

    public BarProgress(TerminalLine line) {
        this.line = line;
    }

    @Override
    public void work(String name) {
        work = name + ": ";
    }

    @Override
    public void phaseStarted(String phase, int students, int epochs) {
        close();
        bar = Optional.of(new ProgressBarBuilder()
                .setTaskName(work + phase)
                .setInitialMax(epochs)
                .setUpdateIntervalMillis(MILLIS)
                .setStyle(ProgressBarStyle.ASCII)
                .setConsumer(line)
                .clearDisplayOnFinish()
                .hideEta()
                .build());
    }

    @Override
    public void epochEnded(String phase, int epoch, int active, double bestLoss) {
        bar.ifPresent(open -> {
            open.setExtraMessage(
                    " " + Figures.count(active, "student") + ", best loss " + Figures.significant(bestLoss));
            open.stepTo(epoch);
        });
    }

    @Override
    public void phaseEnded(String phase) {
        close();
    }

    @Override
    public void message(String text) {
        line.above(work + text);
    }

    @Override
    public void close() {
        bar.ifPresent(ProgressBar::close);
        bar = Optional.empty();
        line.clear(); // A bar that is closed before it was first drawn draws itself and stays.
    }
}
