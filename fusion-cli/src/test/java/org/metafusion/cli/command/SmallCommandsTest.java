package org.metafusion.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.metafusion.cli.Shell;
import org.metafusion.cli.Shell.Ran;

/** Commands that need no data: demo, backends, config. */
class SmallCommandsTest {

    @Test
    void demoShowsWhichFusionWasChosenAndWhy() {
        Ran ran = Shell.quick("demo", "--seed", 3);
        assertThat(ran.code()).isZero();
        assertThat(ran.out())
                .startsWith("Simulated data\nFour classes of two yes-or-no questions")
                .contains("450 train rows, 150 test rows; seed 3.\n")
                .contains("Leaderboard: 6 students", "Rho: ", "Committee\n", "Against other ways to fuse\n")
                .containsPattern("strategy +of +validation loss +test accuracy % +test macro F1 %")
                .containsPattern("independent cohort +\\d students?, ")
                .containsPattern("\ncommittee +\\d students?, [a-z ]+ +\\d[^\n]+ \\d+\\.\\d")
                .contains(
                        "What to fuse: 'x' as ",
                        "When to fuse: ",
                        "Mutual learning: ",
                        "On the test rows the committee has accuracy ")
                .containsPattern("Done in \\d[^\n]* s on cpu \\(.*, 1 threads?\\)\n$");
    }

    @Test
    void thePageOfTheConfigurationIsThatOfTheKeys() throws IOException {
        Ran ran = Shell.fusion("config", "--reference");
        assertThat(ran.code()).isZero();
        assertThat(Files.readString(Path.of("..", "docs", "configuration.md")))
                .as("docs/configuration.md; make it again with: ./fusion config --reference > docs/configuration.md")
                .isEqualTo(ran.out());
    }

    @Test
    void theCompletionScriptKnowsCommandsAndOptions() {
        Ran ran = Shell.fusion("completion");
        assertThat(ran.code()).isZero();
        assertThat(ran.out()).startsWith("#!/usr/bin/env bash").contains("predict", "--max-concurrent", "--splits");
    }

    @Test
    void demoAsJson() {
        JsonNode json = Shell.quick("demo", "--json").json();
        assertThat(ImmutableList.copyOf(json.fieldNames()))
                .containsExactly(
                        "command",
                        "data",
                        "leaderboard",
                        "rho",
                        "committee",
                        "baselines",
                        "conclusions",
                        "signs",
                        "seconds");
        assertThat(json.at("/baselines").findValuesAsText("strategy")).endsWith("independent cohort", "committee");
        assertThat(json.at("/baselines/0/accuracy").isNumber()).isTrue();
    }

    @Test
    void demoKnowsThePapersSettingsByName() {
        for (String unknown : new String[] {"3.1", "demo"}) {
            Ran ran = Shell.fusion("demo", "--setting", unknown);
            assertThat(ran.err())
                    .isEqualTo("fusion: There is no setting '" + unknown
                            + "'; choose one of default, 1.1, 1.2, 1.3, 2.1, 2.2, 2.3\n");
            assertThat(ran.code()).isEqualTo(2);
        }
    }

    @Test
    void backendsTellsWhatCanComputeAndWhatIsMissing() {
        Ran ran = Shell.fusion("backends");
        assertThat(ran.code()).isZero();
        assertThat(ran.lines().get(1)).matches("name +usable +auto +device +detail");
        assertThat(ran.lines()).anyMatch(line -> line.matches("cpu +yes +[* ] +\\w+, \\d+ threads? +products: .+"));
        assertThat(ran.lines()).anyMatch(line -> line.matches("cuda +(no|yes) .+"));
        assertThat(ran.err()).isEmpty();
    }

    @Test
    void backendsAsJson() {
        JsonNode json = Shell.fusion("backends", "--json").json();
        assertThat(json.at("/backends/0/name").asText()).isEqualTo("cuda");
        assertThat(json.at("/backends/1/name").asText()).isEqualTo("cpu");
        assertThat(json.at("/backends/1/usable").asBoolean()).isTrue();
        assertThat(json.at("/backends/0/device").isNull())
                .isNotEqualTo(json.at("/backends/0/usable").asBoolean());
    }

    @Test
    void configShowsWhatHolds(@TempDir Path dir) throws IOException {
        Path file = Files.writeString(dir.resolve("my.conf"), "fusion { training { epochs = 7, dropout = 0.1 } }\n");
        Ran ran = Shell.fusion("config", "--config", file, "--set", "training.dropout=0.2", "--seed", 9);
        assertThat(ran.code()).isZero();
        assertThat(ran.out())
                .containsPattern("fusion.training.epochs +7 +Epochs of a phase at most.")
                .containsPattern("fusion.training.dropout +0.2 ")
                .containsPattern("fusion.seed +9 ");
        JsonNode json = Shell.fusion("config", "--json").json();
        assertThat(ImmutableList.copyOf(json.at("/keys/0").fieldNames()))
                .containsExactly("key", "value", "meaning", "accepted", "default", "variable");
    }
}
