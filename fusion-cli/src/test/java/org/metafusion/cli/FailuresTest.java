package org.metafusion.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.metafusion.core.FusionException;

class FailuresTest {

    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private final PrintStream err = new PrintStream(said, true, StandardCharsets.UTF_8);

    private String said() {
        return said.toString(StandardCharsets.UTF_8);
    }

    @Test
    void whatTheUserCanMendIsOneLineAndTwo() {
        int code = new Failures(err, false).handle(new FusionException("Mend\n this; so"));
        assertThat(code).isEqualTo(2);
        assertThat(said()).isEqualTo("fusion: Mend this; so\n");
    }

    @Test
    void aBugSaysSoAndEndsWithOne() {
        int code = new Failures(err, false).handle(new IllegalStateException("shape"));
        assertThat(code).isEqualTo(1);
        assertThat(said())
                .isEqualTo("fusion: internal failure, java.lang.IllegalStateException: shape; this is a bug, please"
                        + " report it with what --stacktrace shows\n");
    }

    @Test
    void theStackTraceIsShownWhereAskedFor() {
        new Failures(err, true).handle(new IllegalStateException("shape"));
        assertThat(said()).contains("report it with what follows\n").contains("\tat org.metafusion.cli.FailuresTest");
    }

    @Test
    void tooLittleMemoryIsNoBug() {
        int code = new Failures(err, false).handle(new OutOfMemoryError("heap"));
        assertThat(code).isEqualTo(2);
        assertThat(said()).startsWith("fusion: Java has too little memory").contains("JDK_JAVA_OPTIONS=-Xmx8g");
    }
}
