package org.metafusion.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.metafusion.cli.Birds;
import org.metafusion.cli.Shell;
import org.metafusion.cli.Shell.Ran;

class CompareCommandTest {

    @TempDir
    private Path dir = Path.of("");

    private Path data() {
        return Birds.classes(dir.resolve("birds")).path();
    }

    /** Every fifth row is test in run 0, every fourth in run 1; folds are numbered 1 to 10. */
    private Path splits() throws IOException {
        StringBuilder csv = new StringBuilder("id,note,seed0,seed1\n");
        for (int row = 0; row < 80; row++) {
            csv.append("b").append(row).append(",n,");
            csv.append(row % 5 == 1 ? "test," : "train,").append(row % 4 == 1 ? "test\n" : "train\n");
        }
        return Files.writeString(dir.resolve("splits.csv"), csv);
    }

    private Path folds() throws IOException {
        StringBuilder csv = new StringBuilder("id,height,fold\n");
        for (int row = 0; row < 80; row++) {
            csv.append("b")
                    .append(row)
                    .append(",")
                    .append(row % 7 + 0.5)
                    .append(",")
                    .append(row % 10 + 1)
                    .append('\n');
        }
        return Files.writeString(dir.resolve("folds.csv"), csv);
    }

    @Test
    void comparesEveryStrategyOverSeedsTheCommitteeLast() {
        Ran ran = Shell.quick("compare", data(), "--seeds", 2);
        assertThat(ran.code()).isZero();
        assertThat(ran.out())
                .contains(
                        "Test metrics, mean ± standard deviation over 2 runs; * marks the best of those on all rows\n")
                .containsPattern("strategy +accuracy % +macro F1 % +weighted F1 % +AUC % +log loss +ECE %\n")
                .containsPattern("image alone +\\d+\\.\\d ± \\d+\\.\\d")
                .containsPattern("\nlate \\(10 of 20 rows\\) +\\d+\\.\\d ± ")
                .containsPattern("\nlate weighted \\(10 of 20 rows\\) +\\d+\\.\\d ± ")
                .containsPattern("\nlate product \\(10 of 20 rows\\) +\\d+\\.\\d ± ")
                .containsPattern("\nlate max \\(10 of 20 rows\\) +\\d+\\.\\d ± ")
                .containsPattern("\nlate vote \\(10 of 20 rows\\) +\\d+\\.\\d ± ")
                .containsPattern("all-pairs mutual +\\d+\\.\\d ± ")
                .containsPattern("\ncommittee +\\d+\\.\\d ± [^\n]+\n\nRuns\n")
                .containsPattern("split of labels.csv +1 +60 +20 +\\d")
                .containsPattern("2 runs in \\d+\\.\\d s, \\d+\\.\\d s each for all strategies together\n$");
        assertThat(ran.lines())
                .filteredOn(line -> line.contains(" (10 of 20 rows) "))
                .hasSizeGreaterThan(6)
                .noneMatch(line -> line.contains("*"));
    }

    @Test
    void machinesAreToldOnHowManyRowsEachStrategyWasMeasured() {
        JsonNode strategies =
                Shell.quick("compare", data(), "--seeds", 2, "--json").json().get("strategies");
        assertThat(strategies.findValuesAsText("testRows")).containsOnly("40");
        assertThat(rows(strategies, "image alone")).isEqualTo(40);
        assertThat(rows(strategies, "early")).isEqualTo(20);
        assertThat(rows(strategies, "late")).isEqualTo(20);
        assertThat(rows(strategies, "committee")).isEqualTo(40);
    }

    private static int rows(JsonNode strategies, String name) {
        for (JsonNode strategy : strategies) {
            if (strategy.get("strategy").asText().equals(name)) {
                return strategy.get("rows").asInt();
            }
        }
        throw new AssertionError("No strategy '" + name + "' in " + strategies);
    }

    @Test
    void whereEveryRowHasEverythingTextHasNoWordOfRows() {
        Ran ran = Shell.quick(
                "compare", Birds.values(dir.resolve("whole")).complete().path(), "--seeds", 1);
        assertThat(ran.out())
                .contains("Test metrics of one run; * marks the best\n")
                .containsPattern("strategy +of +R2")
                .doesNotContainPattern("of \\d+ rows");
    }

    @Test
    void aColumnOfTheSplitsFileIsARunAndWrapsAround() throws IOException {
        JsonNode json = Shell.quick("compare", data(), "--splits", splits(), "--seeds", 3, "--seed", 5, "--json")
                .json();
        assertThat(json.get("runs").findValuesAsText("seed")).containsExactly("5", "6", "7");
        assertThat(json.get("runs").findValuesAsText("name")).containsExactly("seed0", "seed1", "seed0");
        assertThat(json.at("/runs/1/testRows").asInt()).isEqualTo(20);
        assertThat(json.at("/runs/2/testRows").asInt()).isEqualTo(16);
        assertThat(ImmutableList.copyOf(json.fieldNames()))
                .containsExactly("command", "data", "splits", "strategies", "runs", "seconds", "secondsPerRun");
        assertThat(json.at("/strategies/0/accuracy/values")).hasSize(3);
    }

    @Test
    void aFoldIsTestInARunAndAnotherTargetIsRegression() throws IOException {
        Ran ran = Shell.quick("compare", data(), "--splits", folds(), "--target", "height", "--seeds", 2);
        assertThat(ran.code()).isZero();
        assertThat(ran.out())
                .containsPattern("strategy +R2 +MSE +RMSE +MAE +Pearson\n")
                .contains("\nlate weighted ")
                .doesNotContain("late product", "late max", "late vote", "late median")
                .containsPattern("fold 1 +0 +72 +8 ")
                .containsPattern("fold 2 +1 +72 +8 ");
    }

    private void refused(String complaint, Object... arguments) {
        Ran ran = Shell.quick(arguments);
        assertThat(ran.err()).isEqualTo("fusion: " + complaint + "\n");
        assertThat(ran.out()).isEmpty();
        assertThat(ran.code()).isEqualTo(2);
    }

    @Test
    void refusesNoDataAndTwoKindsOfData() {
        refused("Give either DATA or --setting NAME; see fusion compare --help", "compare");
        refused("Give either DATA or --setting NAME, not both", "compare", data(), "--setting", "1.1");
    }

    @Test
    void refusesNoSeeds() {
        refused("--seeds must be 1 or more but is 0", "compare", data(), "--seeds", 0);
    }

    @Test
    void refusesDataWithoutTestRows() {
        Birds birds = Birds.classes(dir.resolve("birds"));
        birds.with("labels.csv", birds.content("labels.csv").replace(",test", ",train"));
        refused(
                "Data set 'birds' has no test rows to compare on; mark some in the split column of labels.csv or give"
                        + " --splits",
                "compare",
                birds.path());
    }

    @Test
    void refusesATargetWithoutAFile() {
        refused(
                "--target names a column of the splits file; give that with --splits",
                "compare",
                data(),
                "--target",
                "height");
    }

    @Test
    void refusesSplitsFilesThatDoNotFit() throws IOException {
        Path data = data();
        Path none = dir.resolve("none.csv");
        refused("There is no file " + none + "; check the path", "compare", data, "--splits", none);

        Path few = Files.writeString(dir.resolve("few.csv"), "id,seed0\nb0,train\nb1,test\n");
        refused(few + ": id 'b2' of the data set is not there; add a line for it", "compare", data, "--splits", few);

        Path odd = Files.writeString(
                dir.resolve("odd.csv"), Files.readString(splits()).replace("b6,n,test", "b6,n,valid"));
        refused(
                odd + ", line 8, column 'seed0': must be train or test but is 'valid'",
                "compare",
                data,
                "--splits",
                odd);

        Path other = Files.writeString(
                dir.resolve("other.csv"),
                Files.readString(splits()).replace("train", "x").replace("test", "y"));
        refused(
                other + " has neither a column 'fold' nor one of train and test; give one of these, such as"
                        + " id,seed0,seed1",
                "compare",
                data,
                "--splits",
                other);

        Path all = Files.writeString(
                dir.resolve("all.csv"), Files.readString(splits()).replace("test", "train"));
        refused(
                "Column 'seed0' of " + all + " leaves 80 train rows and 0 test rows; there must be some of each",
                "compare",
                data,
                "--splits",
                all);

        refused(
                folds() + ": there is no column 'weight'; it has 'height', 'fold'",
                "compare",
                data,
                "--splits",
                folds(),
                "--target",
                "weight");
    }
}
