package org.metafusion.cli.progress;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ProgressTest {

    private static final long SECOND = 1_000_000_000L;

    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private final PrintStream err = new PrintStream(said, true, StandardCharsets.UTF_8);

    private String said() {
        return said.toString(StandardCharsets.UTF_8);
    }

    @Test
    void linesComeOneInFiveSecondsAtMost() {
        AtomicLong clock = new AtomicLong();
        LineProgress progress = new LineProgress(err, clock::get);
        progress.work("run 1 of 2");
        progress.phaseStarted("alone", 24, 80);
        for (int epoch = 1; epoch <= 12; epoch++) {
            clock.addAndGet(SECOND);
            progress.epochEnded("alone", epoch, epoch < 10 ? 24 : 1, 0.5);
        }
        assertThat(said())
                .isEqualTo("run 1 of 2: alone: epoch 5 of 80, 24 students learning, best validation loss 0.5000\n"
                        + "run 1 of 2: alone: epoch 10 of 80, 1 student learning, best validation loss 0.5000\n");
    }

    @Test
    void messagesAreNotHeldBack() {
        LineProgress progress = new LineProgress(err, () -> 0);
        progress.message("everyone is a top performer");
        assertThat(said()).isEqualTo("everyone is a top performer\n");
    }

    @Test
    void aBarIsDrawnOverAndGoneInTheEnd() {
        try (BarProgress progress = new BarProgress(new TerminalLine(err, 60))) {
            progress.phaseStarted("alone", 24, 80);
            progress.epochEnded("alone", 40, 24, 0.5);
            progress.phaseEnded("alone");
        }
        assertThat(said()).contains("alone").contains("40/80").doesNotContain("\n");
        assertThat(said()).matches("(?s).*\r {40,}\r");
    }

    @Test
    void aLineGoesAboveTheBarAndNeverBeyondTheWidth() {
        TerminalLine line = new TerminalLine(err, 11);
        line.accept("0123456789ABC");
        line.above("note");
        line.close();
        assertThat(said())
                .isEqualTo("\r0123456789" + "\r" + " ".repeat(10) + "\r" + "note\n" + "\r0123456789" + "\r"
                        + " ".repeat(10) + "\r");
    }
}
