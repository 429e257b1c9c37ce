package org.metafusion.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.metafusion.cli.Birds;
import org.metafusion.cli.Shell;
import org.metafusion.cli.Shell.Ran;
import org.metafusion.ensemble.study.Claim;
import org.metafusion.ensemble.study.Study;
import org.metafusion.ensemble.study.catalog.Studies;

class ExperimentCommandTest {

    @TempDir
    private Path dir = Path.of("");

    @Test
    void withoutANameItListsTheStudiesWithALineEach() {
        Ran ran = Shell.fusion("experiment");
        assertThat(ran.code()).isZero();
        for (Study study : Studies.all()) {
            assertThat(ran.out())
                    .containsPattern("\n" + study.profile().name() + " +(yes|no) +\\Q"
                            + study.profile().description() + "\\E\n");
        }
    }

    @Test
    void aStudyStatesItsSeedsAndWhetherItsClaimsHeld() {
        Ran ran = Shell.quick("experiment", "missing", birds(), "--seeds", 2, "--seed", 4);
        assertThat(ran.code()).isZero();
        assertThat(ran.out())
                .startsWith("Study missing\n")
                .contains("Size small; seeds 4, 5; data: " + birds())
                .contains("committee of what is there", "mean filling", "neighbour filling")
                .containsPattern("\n(HELD|FAILED|OPEN): Answering from what is there is never worse than")
                .containsPattern("\nDone in \\d+\\.\\d s\n$");
        assertThat(ran.err()).contains("seed 5, 2 of 2: ");
    }

    @Test
    void everyMeasurementIsWrittenAsJsonAndCsv() throws IOException {
        Path out = dir.resolve("results/missing");
        Ran ran = Shell.quick("experiment", "missing", birds(), "--seeds", 1, "--json", "--out", out);
        assertThat(ran.code()).isZero();
        JsonNode file = new ObjectMapper().readTree(out.resolve("missing.json").toFile());
        assertThat(file.at("/study/name").asText()).isEqualTo("missing");
        assertThat(file.at("/study/seeds/0").asText()).isEqualTo("0");
        assertThat(file.at("/findings/0/outcome").asText()).isIn("held", "failed", "open");
        List<String> csv = Files.readAllLines(out.resolve("missing-scores.csv"));
        assertThat(csv.get(0)).isEqualTo("seed,modality,share,answer,missing,accuracy");
        assertThat(csv).hasSize(1 + 4 * 3 * 3); // four shares of two modalities and both, three answers
        assertThat(file.at("/rows/scores")).hasSize(csv.size() - 1);
        assertThat(ran.json().at("/rows/scores")).isEqualTo(file.at("/rows/scores"));
        assertThat(file.at("/rows/scores/5/accuracy").asText())
                .isEqualTo(csv.get(6).substring(csv.get(6).lastIndexOf(',') + 1));
        try (var files = Files.list(out)) {
            assertThat(files.map(path -> path.getFileName().toString()))
                    .containsExactlyInAnyOrder("missing.json", "missing-scores.csv");
        }
    }

    static List<String> names() {
        return Studies.all().stream().map(study -> study.profile().name()).toList();
    }

    /** Each finding answers a claim, and each table of rows has a seed's worth of figures. */
    @ParameterizedTest
    @MethodSource("names")
    void everyStudyRunsInItsSmallSize(String name) {
        Ran ran = Shell.quick("experiment", name, "--seeds", 1, "--json", "--quiet");
        assertThat(ran.err()).isEmpty();
        assertThat(ran.code()).isZero();
        JsonNode json = ran.json();
        Study study = Studies.named(name);
        assertThat(json.get("findings").findValuesAsText("claim"))
                .containsExactlyElementsOf(
                        study.profile().claims().stream().map(Claim::text).toList());
        assertThat(json.get("rows")).isNotEmpty().allMatch(table -> table.size() > 1);
    }

    @Test
    void theTimingStudyComparesTheWaysToFuse() {
        JsonNode json =
                Shell.quick("experiment", "early-vs-late", birds(), "--json").json();
        assertThat(json.at("/rows/times").findValuesAsText("fusion"))
                .containsExactly("early", "late", "intermediate", "committee");
        assertThat(json.at("/rows/times").findValuesAsText("single")).allMatch(time -> Double.parseDouble(time) > 0);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "mising | There is no study 'mising'; choose one of ",
                "missing --size big | --size must be small, medium or paper but is 'big'",
                "missing --size medium | Study 'missing' has no size medium; take one of small, paper",
                "missing --seeds 0 | --seeds must be 1 or more but is 0",
                "scaling birds | Study 'scaling' simulates its own data; leave out birds",
                "missing --splits s.csv | --splits divides the rows of a data set; name that after the study",
                "missing --columns label=x | --columns and --features-in are about a table; name that after the study",
                "missing --out /dev/null/x | Cannot make folder /dev/null/x for --out: ",
            })
    void aWrongCallIsRefusedInOneLine(String command, String complaint) {
        Ran ran = Shell.fusion((Object[]) ("experiment " + command).split(" "));
        assertThat(ran.err()).startsWith("fusion: " + complaint);
        assertThat(ran.err().lines()).hasSize(1);
        assertThat(ran.code()).isEqualTo(2);
    }

    private Path birds() {
        return Birds.classes(dir.resolve("birds")).path();
    }
}
