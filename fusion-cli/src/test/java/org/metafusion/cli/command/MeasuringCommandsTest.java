package org.metafusion.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.metafusion.cli.Birds;
import org.metafusion.cli.Shell;
import org.metafusion.cli.Shell.Ran;

/** {@code importance} and {@code robustness} of one fitted model. */
class MeasuringCommandsTest extends FittedBirds {

    @Test
    void importanceShowsEachModalityAndSaysWhichEarnsTheMost() {
        Ran ran = Shell.fusion("importance", model, data);
        assertThat(ran.code()).isZero();
        assertThat(ran.out())
                .startsWith("Rows\ndata   birds\nsplit  test\nrows   20\n\nImportance by accuracy in % on 20 rows\n")
                .containsPattern("image( +-?\\d+\\.\\d){5}\n")
                .containsPattern("All modalities together have accuracy \\d+\\.\\d %, the best constant prediction"
                        + " \\d+\\.\\d %; of the difference '(image|text)' earns the most, -?\\d+\\.\\d %\\.\n");
        assertThat(ran.err()).isEmpty();
    }

    @Test
    void importanceAsJsonAddsUpAndHasGroupsOfFeatures() {
        JsonNode json = Shell.fusion("importance", model, data, "--json", "--features", 3)
                .json();
        double sum = json.at("/modalities/0/shapley").asDouble()
                + json.at("/modalities/1/shapley").asDouble();
        assertThat(sum).isCloseTo(json.at("/all").asDouble() - json.at("/none").asDouble(), within(1e-9));
        assertThat(json.get("features")).hasSize(6);
        assertThat(json.at("/features/3/modality").asText()).isEqualTo("text");
        assertThat(json.at("/features/5/to").asInt()).isEqualTo(9);
        assertThat(json.at("/conclusions/0").asText()).startsWith("All modalities together have accuracy ");
    }

    @Test
    void dropsOfFeaturesAreInTheUnitOfTheOtherFigures() {
        assertThat(Shell.fusion("importance", model, data, "--features", 3).out())
                .containsPattern("Permutation drop of accuracy in % by groups of features\n[^\n]+\n"
                        + "image +1 +3( +-?\\d+\\.\\d){2}\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"importance", "robustness --kinds noise --repeats 1", "evaluate"})
    void machinesAreToldWhichRowsWereMeasured(String command) {
        List<Object> words = new ArrayList<>(List.of(command.split(" ")));
        words.addAll(List.of(model, data, "--split", "train", "--json"));
        JsonNode json = Shell.fusion(words.toArray()).json();
        assertThat(json.get("data").asText()).isEqualTo("birds");
        assertThat(json.get("split").asText()).isEqualTo("train");
        assertThat(json.get("rows").asInt()).isEqualTo(60);
    }

    @Test
    void robustnessShowsCurvesScoresAndSentences() {
        Ran ran = Shell.fusion("robustness", model, data, "--repeats", 1);
        assertThat(ran.code()).isZero();
        assertThat(ran.out())
                .startsWith("Rows\ndata     birds\nsplit    test\nrows     20\n")
                .contains("accuracy % under noise, by the modality; level: factor of noise with the mean")
                .containsPattern("level +image +text +all +late fusion, all\n")
                .containsPattern("\n +0\\.95( +\\d+\\.\\d){4}\n")
                .containsPattern("contradiction +all( +-?\\d+\\.\\d){3}\n")
                .containsPattern(
                        "Under swap '(image|text)' matters most: accuracy goes from \\d+\\.\\d % to \\d+\\.\\d %"
                                + " at level 1; with all modalities disturbed accuracy goes .* points (above|below) late fusion\\.");
        assertThat(ran.err()).contains("noise in 'image'\n");
    }

    @Test
    void robustnessWritesEveryPoint() throws IOException {
        Path out = dir.resolve("results");
        Ran ran = Shell.fusion(
                "robustness", model, data, "--repeats", 1, "--kinds", "swap,noise", "--json", "--out", out, "--quiet");
        assertThat(ran.code()).isZero();
        assertThat(ran.err()).isEmpty();
        List<String> csv = Files.readAllLines(out.resolve("robustness-points.csv"));
        assertThat(csv).hasSize(1 + 3 * 11 + 3 * 6).startsWith("disturbance,modality,level,accuracy,late");
        JsonNode file =
                new ObjectMapper().readTree(out.resolve("robustness.json").toFile());
        assertThat(file).isEqualTo(ran.json());
        assertThat(file.at("/noise/0/in:image").asDouble())
                .isEqualTo(file.at("/swap/0/in:all").asDouble());
    }

    @Test
    void aModalityCalledAllIsToldFromAllOfThem() throws IOException {
        Birds birds = Birds.classes(dir.resolve("alike"));
        birds.with("all.csv", birds.content("image.csv")).without("image.csv");
        Path alike = dir.resolve("alike.fusion");
        assertThat(Shell.fit(birds.path(), alike).code()).isZero();
        Path page = dir.resolve("alike.html");
        Path out = dir.resolve("alike-results");

        Ran ran = Shell.fusion(
                "robustness",
                alike,
                birds.path(),
                "--repeats",
                1,
                "--kinds",
                "noise",
                "--report",
                page,
                "--out",
                out,
                "--json");

        assertThat(ran.err()).doesNotContain("failure");
        assertThat(ran.code()).isZero();
        assertThat(ran.json().at("/noise/0").fieldNames())
                .toIterable()
                .containsExactly("level", "in:all", "in:text", "in:all modalities", "late:all");
        assertThat(Files.readString(page)).contains("<th scope=\"row\">noise in all modalities</th>");
        assertThat(Files.readAllLines(out.resolve("robustness-points.csv"))).hasSize(1 + 3 * 11);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "robustness --kinds noise,heat | Unknown disturbance 'heat'; --kinds takes noise, dropout, swap, contradiction, fgsm, pgd",
                "robustness --repeats 0 | --repeats must be 1 or more but is 0",
                "importance --features 0 | --features must be 1 or more but is 0",
                "importance --split some | --split must be test, train or all but is 'some'",
            })
    void aWrongOptionIsRefusedInOneLine(String command, String complaint) {
        String[] words = command.split(" ");
        Ran ran = Shell.fusion(words[0], model, data, words[1], words[2]);
        assertThat(ran.err()).isEqualTo("fusion: " + complaint + "\n");
        assertThat(ran.code()).isEqualTo(2);
    }
}
