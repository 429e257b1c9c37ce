package org.metafusion.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.metafusion.cli.Birds;
import org.metafusion.cli.Shell;
import org.metafusion.cli.Shell.Ran;

/** Fit, then everything that can be done with a model: evaluate, predict, inspect. */
class FittedModelTest extends FittedBirds {

    @Test
    void aModelIsNotWrittenOver() throws IOException {
        byte[] before = Files.readAllBytes(model);
        for (Ran ran : List.of(
                Shell.fusion("predict", model, data, "-o", model),
                Shell.fusion("evaluate", model, data, "--report", model))) {
            assertThat(ran.code()).isEqualTo(2);
            assertThat(ran.err())
                    .matches(
                            "fusion: --(output|report) and MODEL both name .*birds.fusion; give two different files\n");
        }
        assertThat(Files.readAllBytes(model)).isEqualTo(before);
    }

    @Test
    void fitTellsWhatItReadAndWhatCameOut() {
        assertThat(fit.code()).isZero();
        assertThat(fit.out())
                .contains("Data\nbirds: 80 rows (60 train, 20 test)\n")
                .contains("modality text: 9 features, missing in no train and 10 (50.0 %) test rows\n")
                .contains("task: classification into 3 classes (the labels are names)")
                .containsPattern("Leaderboard: 6 students in \\d+ clusters?, cross-entropy on validation rows")
                .containsPattern("student image\\|text +cluster +top +loss alone +loss mutual +weight\n")
                .containsPattern("raw\\|raw +\\d +\\*? +\\d\\.\\d+ +\\d\\.\\d+")
                .containsPattern("rho +loss +chosen\n  0 +\\d")
                .containsPattern("Committee\nrule +\\w+")
                .containsPattern("image alone +raw\\|- +\\d")
                .containsPattern("early +raw\\|raw +\\d")
                .containsPattern("committee +\\d students? +\\d")
                .contains("What to fuse: 'image' as ", "When to fuse: ", "Mutual learning: ")
                .contains("Failure signs\n")
                .contains("Model saved to " + model + " after ")
                .endsWith("Its 20 test rows were not looked at; measure with: fusion evaluate " + model + " " + data
                        + "\n");
    }

    @Test
    void onlyLossesOfTheCommitteesRowsAreMarkedTheBest(@TempDir Path folder) {
        Path lacking = Birds.classes(folder.resolve("birds")).lackingText().path();
        Ran ran = Shell.fit(lacking, folder.resolve("lacking.fusion"));
        assertThat(ran.out())
                .contains("Against other ways to fuse; * marks the best of those on the committee's rows\n")
                .containsPattern("image alone +raw\\|- +\\d\\.\\d+ *\n")
                .containsPattern("early +raw\\|raw \\(45 of 60 validation rows\\) +\\d\\.\\d+\\*? *\n")
                .containsPattern(
                        "late +mean of the modalities alone \\(45 of 60 validation rows\\) +\\d\\.\\d+\\*? *\n")
                .containsPattern("committee +\\d students? \\(45 of 60 validation rows\\) +\\d\\.\\d+\\*? *\n");
    }

    @Test
    void fitTellsHowModalitiesCompeteWhenAsked() {
        Ran ran = Shell.quick("fit", data, "-o", dir.resolve("watched.fusion"), "--competition", "--json");
        assertThat(ran.code()).isZero();
        assertThat(ran.json().at("/competition")).hasSize(8); // two students, with and without, two modalities
        assertThat(ran.json().at("/competition/0/student").asText()).isEqualTo("raw|raw");
        assertThat(ran.json().at("/competition/0/modulation").asText()).isEqualTo("none");
        assertThat(ran.json().at("/competition/0/rows").asInt()).isEqualTo(12);
        assertThat(ran.json().at("/competitionByEpoch/0/epoch").asInt()).isEqualTo(1);
        Ran words = Shell.quick(
                "fit",
                data,
                "-o",
                dir.resolve("watched.fusion"),
                "--competition",
                "--set",
                "training.modulation=ogm",
                "--set",
                "training.modulation-alpha=0.5");
        assertThat(words.code()).isZero();
        assertThat(words.out())
                .contains("Competition of modalities within students that join them, on 12 validation rows\n")
                .containsPattern("Within raw\\|raw, which reaches \\d+\\.\\d %, ")
                .containsPattern("OGM (raises|lowers|leaves) '(image|text)' within it ");
    }

    @Test
    void fitLeavesNothingButTheModel() throws IOException {
        assertThat(names(dir)).contains("birds", "birds.fusion").noneMatch(name -> name.endsWith(".tmp"));
        assertThat(names(data)).containsExactlyInAnyOrder("labels.csv", "image.csv", "text.csv");
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    @Test
    void theSameSeedGivesTheSameFile() throws IOException {
        Path again = dir.resolve("again.fusion");
        assertThat(Shell.fit(data, again).code()).isZero();
        assertThat(Files.mismatch(model, again)).isEqualTo(-1);
    }

    @Test
    void quietKeepsStandardErrorFree() {
        Ran ran = Shell.quick("fit", data, "-o", dir.resolve("quiet.fusion"), "--quiet");
        assertThat(ran.err()).isEmpty();
        assertThat(ran.code()).isZero();
    }

    @Test
    void fitAsJson() {
        JsonNode json = Shell.quick("fit", data, "-o", dir.resolve("json.fusion"), "--json")
                .json();
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
                        "model",
                        "seconds");
        assertThat(json.at("/data/trainRows").asInt()).isEqualTo(60);
        assertThat(json.at("/data/modalities/1/testMissing").asInt()).isEqualTo(10);
        assertThat(json.get("leaderboard")).hasSize(6);
        assertThat(ImmutableList.copyOf(json.at("/leaderboard/0").fieldNames()))
                .containsExactly("student", "cluster", "topPerformer", "lossAlone", "lossMutual", "weight");
        assertThat(json.get("signs")).isEmpty();
        assertThat(json.at("/model").asText())
                .isEqualTo(dir.resolve("json.fusion").toString());
    }

    @Test
    void evaluateMeasuresTheTestRowsAndSaysWhichModalitiesTheyHave() {
        Ran ran = Shell.fusion("evaluate", model, data);
        assertThat(ran.code()).isZero();
        assertThat(ran.out())
                .contains("Rows\ndata   birds\nsplit  test\nrows   20\n")
                .containsPattern("accuracy % +\\d+\\.\\d\n")
                .containsPattern("log loss +\\d")
                .containsPattern("image\\+text +10 +\\d+ +\\d")
                .containsPattern("\nimage +10 +\\d+ +\\d")
                .containsPattern("\nReliability: the likeliest class has \\d+\\.\\d % on average and is right in");
        assertThat(ran.err()).isEmpty();
    }

    @Test
    void evaluateAsJson() {
        JsonNode json = Shell.fusion("evaluate", model, data, "--json").json();
        assertThat(ImmutableList.copyOf(json.fieldNames()))
                .containsExactly("command", "data", "split", "rows", "metrics", "availability", "reliability");
        assertThat(ImmutableList.copyOf(json.get("metrics").fieldNames()))
                .containsExactly(
                        "accuracy", "balancedAccuracy", "macroF1", "weightedF1", "auc", "logLoss", "ece15", "brier");
        assertThat(json.at("/availability/0/modalities/0").asText()).isEqualTo("image");
        assertThat(json.at("/availability/0/rows").asInt()).isEqualTo(10);
    }

    @Test
    void evaluateOnOtherRowsWarnsThatTheyAreKnown() {
        Ran all = Shell.fusion("evaluate", model, data, "--split", "all");
        assertThat(all.out()).contains("split  all\nrows   80\n");
        assertThat(all.err()).startsWith("note: if the model was fitted to these data");
        assertThat(Shell.fusion("evaluate", model, data, "--split", "TRAIN").out())
                .contains("split  train\nrows   60\n");
    }

    @Test
    void predictWritesCsvToStandardOutput() {
        Ran ran = Shell.fusion("predict", model, data);
        assertThat(ran.code()).isZero();
        assertThat(ran.lines()).hasSize(81).startsWith("id,prediction,p_kind0,p_kind1,p_kind2");
        assertThat(ran.lines().get(1)).matches("b0,kind\\d(,[0-9.E-]+){3}");
        assertThat(ran.err()).isEqualTo("80 rows predicted: 70 from image+text, 10 from image\n");
    }

    @Test
    void predictNeedsNoLabelsAndTakesAnySubsetOfModalities() {
        Birds unlabelled =
                Birds.classes(dir.resolve("unlabelled")).without("labels.csv").without("image.csv");
        Path csv = dir.resolve("predictions.csv");
        Ran ran = Shell.fusion("predict", model, unlabelled.path(), "-o", csv);
        assertThat(ran.code()).isZero();
        assertThat(ran.out()).isEmpty();
        assertThat(ran.err()).isEqualTo("70 rows predicted: 70 from text; written to " + csv + "\n");
        assertThat(csv).content().startsWith("id,prediction,p_kind0,p_kind1,p_kind2\nb0,kind");
    }

    @Test
    void predictAsJson() {
        JsonNode json = Shell.fusion("predict", model, data, "--json").json();
        assertThat(json.get("predictions")).hasSize(80);
        assertThat(ImmutableList.copyOf(json.at("/predictions/0").fieldNames()))
                .containsExactly("id", "modalities", "prediction", "p_kind0", "p_kind1", "p_kind2");
    }

    @Test
    void inspectShowsWhatTheModelIs() {
        Ran ran = Shell.fusion("inspect", model);
        assertThat(ran.code()).isZero();
        assertThat(ran.out())
                .contains("Model\ntask     classification\nclasses  kind0, kind1, kind2\n")
                .contains("modality  features\nimage           11\ntext             9\n")
                .containsPattern("no\\. +image\\|text +head\n")
                .containsPattern("image\\+text +[a-z ]+ +\\d")
                .containsPattern("folds +5\n")
                .containsPattern("trainRows +60\n");
    }

    @Test
    void withoutCrossFittingFewValidationRowsAreAFailureSign() {
        Path file = dir.resolve("holdout.fusion");
        Ran ran = Shell.quick("fit", data, "-o", file, "--set", "cross-fitting.below=0");
        assertThat(ran.out()).contains("Failure signs\nOnly 12 validation rows");
        JsonNode json = Shell.quick("fit", data, "-o", file, "--set", "cross-fitting.below=0", "--json")
                .json();
        assertThat(json.at("/signs/0/kind").asText()).isEqualTo("FEW_VALIDATION_ROWS");
        assertThat(Shell.fusion("inspect", file).out())
                .containsPattern("folds +1\n")
                .containsPattern("trainRows +48\n");
    }

    @Test
    void inspectAsJson() {
        JsonNode json = Shell.fusion("inspect", model, "--json").json();
        assertThat(ImmutableList.copyOf(json.fieldNames()))
                .containsExactly("command", "task", "outputs", "modalities", "students", "committees", "provenance");
        assertThat(json.at("/provenance/seed").asInt()).isZero();
    }

    @Test
    void regressionGoesTheSameWay() {
        Path values = Birds.values(dir.resolve("values")).path();
        Path file = dir.resolve("values.fusion");
        assertThat(Shell.fit(values, file).out())
                .contains("task: regression", "squared error (standardised) on validation rows");
        assertThat(Shell.fusion("evaluate", file, values).out())
                .containsPattern("R2 +-?\\d")
                .contains("Pearson");
        assertThat(Shell.fusion("predict", file, values).lines().get(1)).matches("b0,-?[0-9.E-]+");
        assertThat(Shell.fusion("predict", file, values, "--json")
                        .json()
                        .at("/predictions/0/prediction")
                        .isNumber())
                .isTrue();
        assertThat(Shell.fusion("inspect", file).out()).contains("targets  label\n");
    }

    @Test
    void oneModalityIsAllowedAndSaidNotToBeFused() {
        Path single = Birds.classes(dir.resolve("single")).without("text.csv").path();
        Ran ran = Shell.fit(single, dir.resolve("single.fusion"));
        assertThat(ran.code()).isZero();
        assertThat(ran.out())
                .contains("note: there is only one modality, 'image', so nothing is fused")
                .contains("There is only one modality, so nothing is fused.\n");
    }

    @Test
    void aConstantColumnIsWarnedOf() {
        Birds birds = Birds.classes(dir.resolve("constant"));
        birds.with(
                "image.csv",
                birds.content("image.csv").replaceAll(",[^,\n]+\n", ",7\n").replaceFirst(",7", ",z"));
        Ran ran = Shell.fit(birds.path(), dir.resolve("constant.fusion"));
        assertThat(ran.code()).isZero();
        assertThat(ran.out())
                .contains("warning: modality 'image' has 1 column with one value in all train rows: 'z'; nothing can"
                        + " be learned from them");
    }
}
