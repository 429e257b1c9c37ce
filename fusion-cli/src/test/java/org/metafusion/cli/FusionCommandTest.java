package org.metafusion.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.metafusion.cli.report.Terminal;

class FusionCommandTest {

    @Test
    void helpNamesEveryCommandAndHowToBegin() {
        Shell.Ran ran = Shell.fusion("--help");
        assertThat(ran.code()).isZero();
        assertThat(ran.out())
                .contains(
                        "demo",
                        "fit",
                        "evaluate",
                        "export",
                        "importance",
                        "predict",
                        "serve",
                        "compare",
                        "cv",
                        "search",
                        "align",
                        "experiment",
                        "inspect",
                        "config",
                        "backends")
                .contains("Examples:", "fusion fit birds -o birds.fusion", "Exit codes: 0 done");
        assertThat(ran.err()).isEmpty();
    }

    @Test
    void withoutACommandThereIsHelp() {
        assertThat(Shell.fusion()).isEqualTo(Shell.fusion("--help"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "demo",
                "fit",
                "evaluate",
                "export",
                "importance",
                "predict",
                "compare",
                "cv",
                "search",
                "align",
                "experiment",
                "inspect",
                "config",
                "backends"
            })
    void everyCommandHasHelpWithAnExampleAndTheCommonOptions(String command) {
        Shell.Ran ran = Shell.fusion(command, "--help");
        assertThat(ran.code()).isZero();
        assertThat(ran.out()).contains("Example").contains("  fusion " + command);
        assertThat(ran.out()).contains("--quiet", "--json", "--stacktrace", "--version");
    }

    @Test
    void versionTellsWhatItRunsOn() {
        assertThat(Shell.fusion("--version").out()).matches("fusion \\S+ \\(Java \\S+, .+\\)\\n");
    }

    private static Shell.Ran into(OutputStream out, String... arguments) {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Terminal terminal = Terminal.plain(out, new PrintStream(err, false, StandardCharsets.UTF_8));
        return new Shell.Ran(FusionCommand.run(arguments, terminal), "", err.toString(StandardCharsets.UTF_8));
    }

    private static OutputStream failing(String reason) {
        return new OutputStream() {
            @Override
            public void write(int value) throws IOException {
                throw new IOException(reason);
            }
        };
    }

    @ParameterizedTest
    @ValueSource(strings = {"config --reference", "backends --json", "completion", "config", "--help"})
    void resultsThatCannotBeWrittenAreAFailure(String command) {
        Shell.Ran ran = into(failing("No space left on device"), command.split(" "));
        assertThat(ran.err())
                .isEqualTo(
                        "fusion: Cannot write to standard output: No space left on device; what is there is not all of"
                                + " it, so make room or choose another place\n");
        assertThat(ran.code()).isEqualTo(2);
    }

    @Test
    void aReaderThatHasWhatItWantedMayGo() {
        Shell.Ran ran = into(failing("Broken pipe"), "config");
        assertThat(ran.err()).isEmpty();
        assertThat(ran.code()).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "fit x -o y --sed 3 | Unknown option '--sed'; did you mean --seed or --set? See 'fusion fit --help'",
                "fit --sed 3 | Unknown option '--sed'; did you mean --seed or --set? See 'fusion fit --help'",
                "fit x y -o z | Unexpected argument 'y'; see 'fusion fit --help'",
                "fit x | Missing required option: '--output=MODEL'; see 'fusion fit --help'",
                "fit -o x | Missing required parameter: 'DATA'; see 'fusion fit --help'",
                "fit x -o y --threads many | Invalid value for option '--threads': 'many' is not a whole number; see 'fusion fit --help'",
                "fot | Unknown command 'fot'; there are help, demo, fit, evaluate, importance, robustness, predict, serve, export, compare, cv, search, align, experiment, inspect, config, completion, backends; see 'fusion --help'",
                "config --set training.epochs | Value for option '--set' (KEY=VALUE) should be in KEY=VALUE format but was training.epochs; see 'fusion config --help'",
            })
    void aWrongCommandLineIsRefusedInOneLine(String command, String complaint) {
        Shell.Ran ran = Shell.fusion((Object[]) command.split(" "));
        assertThat(ran.err()).isEqualTo("fusion: " + complaint + "\n");
        assertThat(ran.out()).isEmpty();
        assertThat(ran.code()).isEqualTo(2);
    }
}
