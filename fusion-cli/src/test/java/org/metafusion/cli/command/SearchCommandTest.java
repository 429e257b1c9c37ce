package org.metafusion.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.metafusion.cli.Birds;
import org.metafusion.cli.Shell;
import org.metafusion.cli.Shell.Ran;

/** {@code fusion search} on small data. */
final class SearchCommandTest {

    @TempDir
    Path dir = Path.of("");

    private Path data() {
        return Birds.classes(dir.resolve("birds")).path();
    }

    private Path space() throws IOException {
        return Files.writeString(
                dir.resolve("space.conf"),
                "training.learning-rate = [0.000001, 0.01]\ncommittee.rule = [stacking, simple-average]\n");
    }

    private Ran search(Object... more) throws IOException {
        Object[] given = {"search", data(), "--space", space(), "--folds", 2, "--trials", 4};
        Object[] all = java.util.stream.Stream.concat(java.util.Arrays.stream(given), java.util.Arrays.stream(more))
                .toArray();
        return Shell.quick(all);
    }

    @Test
    void findsTellsAndWritesTheBestConfiguration() throws IOException {
        Path best = dir.resolve("best.conf");
        Ran ran = search("-o", best);
        assertThat(ran.code()).isZero();
        assertThat(ran.out())
                .contains(
                        "Trials, best first: those scored on more folds before others; trial 0 is what was configured")
                .containsPattern("\n +0 +2 +\\S+ ± \\S+ +0\\.000 .*as configured\n")
                .contains("What mattered: share of the variance between trials, less what chance gives")
                .containsPattern("training\\.learning-rate +\\d")
                .contains("\nThe best configuration\n")
                .containsPattern("4 of 5 possible configurations tried in ");
        JsonNode values =
                Shell.fusion("config", "--config", best, "--json").json().at("/keys");
        assertThat(valueOf("fusion.training.learning-rate", values)).isEqualTo("0.01");
        assertThat(valueOf("fusion.training.epochs", values))
                .as("what every trial had is in the file as well")
                .isEqualTo("3");
    }

    private static String valueOf(String key, JsonNode table) {
        for (JsonNode row : table) {
            if (row.get("key").textValue().equals(key)) {
                return row.get("value").asText();
            }
        }
        return "";
    }

    @Test
    void aJournalIsGoneOnFrom() throws IOException {
        Path journal = dir.resolve("scores.jsonl");
        JsonNode first = search("--journal", journal, "--json").json();
        List<String> lines = Files.readAllLines(journal);
        assertThat(lines).hasSizeGreaterThan(5);
        String cut =
                String.join("\n", lines.subList(0, 4)) + "\n" + lines.get(4).substring(0, 12);
        Files.writeString(journal, cut);
        Ran again = search("--journal", journal, "--json");
        assertThat(again.err()).contains("going on from 3 scores of " + journal);
        assertThat(again.json().at("/best")).isEqualTo(first.at("/best"));
        assertThat(Files.readAllLines(journal)).hasSize(lines.size() + 1);
    }

    private void refused(String complaint, Ran ran) {
        assertThat(ran.err()).isEqualTo("fusion: " + complaint + "\n");
        assertThat(ran.out()).isEmpty();
        assertThat(ran.code()).isEqualTo(2);
    }

    @Test
    void refusesAJournalOfAnotherSearch() throws IOException {
        Path journal = dir.resolve("scores.jsonl");
        assertThat(search("--journal", journal).code()).isZero();
        refused(
                "Journal " + journal + " is of a search with other configuration; search as before, or give another"
                        + " --journal",
                search("--journal", journal, "--seed", 9));
        Files.writeString(journal, "nonsense\n");
        refused(
                "Journal " + journal + " does not begin as a journal of a search does; give another --journal",
                search("--journal", journal));
    }

    @Test
    void aJournalOfOtherLabelsIsRefused() throws IOException {
        Path journal = dir.resolve("scores.jsonl");
        assertThat(search("--journal", journal).code()).isZero();
        Path labels = dir.resolve("birds").resolve("labels.csv");
        List<String> lines = new java.util.ArrayList<>(Files.readAllLines(labels));
        String[] first = lines.get(1).split(",", -1);
        String[] other = lines.stream()
                .skip(2)
                .map(line -> line.split(",", -1))
                .filter(line -> !line[1].equals(first[1]))
                .findFirst()
                .orElseThrow();
        lines.set(1, String.join(",", first[0], other[1], first[2]));
        Files.write(labels, lines);
        Object[] again = {
            "search", dir.resolve("birds"), "--space", space(), "--folds", 2, "--trials", 4, "--journal", journal
        };
        refused(
                "Journal " + journal + " is of a search with other data; search as before, or give another --journal",
                Shell.quick(again));
    }

    @Test
    void refusesToWriteOverItsJournalAndAColumnWithoutAFile() throws IOException {
        Path both = dir.resolve("both");
        refused(
                "--output and --journal both name " + both + "; give two different files",
                search("--journal", both, "-o", both));
        refused(
                "--group-column names a column of the groups file; give that as well, with --groups FILE",
                search("--group-column", "patient"));
    }

    @Test
    void refusesWhatItCannotSearchBy() throws IOException {
        refused("--by must be loss or error but is luck", search("--by", "luck"));
        refused("--minutes must be above 0 but is -1.0", search("--minutes", -1));
        refused("--repeats must be 1 or more but is 0", search("--repeats", 0));
    }
}
