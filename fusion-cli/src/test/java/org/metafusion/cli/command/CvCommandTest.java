package org.metafusion.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.metafusion.cli.Birds;
import org.metafusion.cli.Shell;
import org.metafusion.cli.Shell.Ran;

/** {@code fusion cv} on small data of 80 rows. */
final class CvCommandTest {

    @TempDir
    Path dir = Path.of("");

    private Path data() {
        return Birds.classes(dir.resolve("birds")).path();
    }

    /** Rows in groups of four. */
    private Path visits(String column) throws IOException {
        StringBuilder csv = new StringBuilder("id," + column + "\n");
        for (int row = 0; row < 80; row++) {
            csv.append("b").append(row).append(",p").append(row / 4).append('\n');
        }
        return Files.writeString(dir.resolve("visits.csv"), csv);
    }

    @Test
    void everyFoldIsMeasuredOnceInEachRepeat() {
        Ran ran = Shell.quick("cv", data(), "--folds", 4, "--repeats", 2);
        assertThat(ran.code()).isZero();
        assertThat(ran.out())
                .contains("\nRuns; * marks the best\n")
                .containsPattern("fold 1 of repeat 1 +60 +20 ")
                .containsPattern("fold 4 of repeat 2 +60 +20 ")
                .contains("Test metrics, mean ± standard deviation over 8 runs\n")
                .containsPattern("\ncommittee +\\d+\\.\\d\\*? ± ")
                .containsPattern("8 runs in \\d+\\.\\d s, \\d+\\.\\d s each\n$");
    }

    @Test
    void aSplitsFileReplacesTheFolds() throws IOException {
        StringBuilder csv = new StringBuilder("id,fold\n");
        for (int row = 0; row < 80; row++) {
            csv.append("b").append(row).append(",").append(row % 5 % 3).append('\n');
        }
        Path file = Files.writeString(dir.resolve("folds.csv"), csv);
        JsonNode json = Shell.quick("cv", data(), "--splits", file, "--json").json();
        assertThat(json.get("runs").findValuesAsText("name")).containsExactly("fold 0", "fold 1", "fold 2");
        assertThat(json.at("/runs/0/testRows").asInt()).isEqualTo(32);
        assertThat(json.at("/strategies/0/accuracy/values")).hasSize(3);
    }

    @Test
    void groupsStayTogether() throws IOException {
        JsonNode json = Shell.quick(
                        "cv",
                        data(),
                        "--folds",
                        3,
                        "--groups",
                        visits("patient"),
                        "--group-column",
                        "patient",
                        "--json")
                .json();
        for (JsonNode run : json.get("runs")) {
            assertThat(run.get("testRows").asInt() % 4).isZero();
        }
    }

    private void refused(String complaint, Object... arguments) {
        Ran ran = Shell.quick(arguments);
        assertThat(ran.err()).isEqualTo("fusion: " + complaint + "\n");
        assertThat(ran.out()).isEmpty();
        assertThat(ran.code()).isEqualTo(2);
    }

    @Test
    void refusesWhatContradictsItself() throws IOException {
        Path data = data();
        refused("--folds must be 2 or more but is 1", "cv", data, "--folds", 1);
        refused("--repeats must be 1 or more but is 0", "cv", data, "--repeats", 0);
        refused(
                "--splits says which rows are tested; leave out --folds, --repeats and --groups",
                "cv",
                data,
                "--splits",
                visits("fold"),
                "--folds",
                3);
        refused("--target names a column of the splits file; give that with --splits", "cv", data, "--target", "y");
        refused(
                "80 rows cannot be dealt into 81 folds; use 2 folds or more, and no more than there are rows",
                "cv",
                data,
                "--folds",
                81);
    }
}
