package org.metafusion.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.metafusion.cli.Birds;
import org.metafusion.cli.Shell;
import org.metafusion.cli.Shell.Ran;

/** {@code --report} of every command that has it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ReportOptionTest {

    private static final String FLATTERED = "it knows the train rows, so these figures flatter it";

    private Path dir = Path.of("");

    private Path data = Path.of("");
    private Path model = Path.of("");
    private Path page = Path.of("");

    @BeforeAll
    void fit(@TempDir Path folder) {
        dir = folder; // Of the whole class; a field of the instance would be another for each test.
        data = Birds.classes(dir.resolve("birds")).path();
        model = dir.resolve("birds.fusion");
        page = dir.resolve("fit.html");
        Ran ran = Shell.quick("fit", data, "-o", model, "--report", page, "--set", "committee.rule=greedy");
        assertThat(ran.code()).isZero();
        assertThat(ran.err()).endsWith("written: " + page + "\n");
    }

    private static String read(Path file) {
        try {
            String page = Files.readString(file);
            return page.substring(0, page.indexOf("<script>!function")); // Without the chart library.
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void aFitsReportHasItsChartsAndLeavesNothingBeside() throws IOException {
        assertThat(read(page))
                .startsWith("<!doctype html>")
                .contains("<h1>birds</h1>")
                .contains(
                        "id=\"leaderboard\"", "id=\"clusters\"", "id=\"divergence\"", "id=\"phase1\"", "id=\"growth\"")
                .contains("id=\"validated\"", "id=\"masks\"", "id=\"confusion\"", "id=\"roc\"", "id=\"reliability\"")
                .contains("<dt>fusion.training.epochs</dt><dd>3</dd>");
        try (Stream<Path> files = Files.list(dir)) {
            assertThat(files.map(file -> file.getFileName().toString()).toList())
                    .noneMatch(name -> name.endsWith(".tmp"))
                    .contains("fit.html");
        }
    }

    @Test
    void anEvaluationAndAStudyWriteOne() {
        Path evaluation = dir.resolve("evaluation.html");
        Path study = dir.resolve("study.html");
        List<Ran> all = List.of(
                Shell.fusion("evaluate", model, data, "--report", evaluation),
                Shell.quick("experiment", "missing", data, "--seeds", 1, "--report", study));

        assertThat(all).allSatisfy(ran -> assertThat(ran.code()).isZero());
        assertThat(all.get(1).err()).endsWith("written: " + study + "\n");
        assertThat(read(evaluation))
                .contains("<p class=\"kind\">Evaluation</p><h1>birds</h1>")
                .contains("id=\"by-class\"", "id=\"confusion\"", "<th scope=\"row\">balanced acc. %</th>")
                .contains("<strong>Calibration</strong>", "<dt>split measured</dt><dd>test</dd>");
        assertThat(read(study))
                .contains("<p class=\"kind\">Study</p><h1>missing</h1>", "One seed says nothing about chance")
                .contains("id=\"scores-1\"", "<dt>Claims that held</dt>", "<dt>data</dt><dd>" + data + "</dd>")
                .containsPattern("<strong>(Held|Failed|Open)</strong> <span>Answering from what is there");
    }

    @Test
    void crossValidationComparisonRobustnessAndImportanceWriteOneToo() {
        Path cv = dir.resolve("cv.html");
        Path compare = dir.resolve("compare.html");
        Path robustness = dir.resolve("robustness.html");
        Path importance = dir.resolve("importance.html");
        List<Ran> all = List.of(
                Shell.quick("cv", data, "--folds", 3, "--report", cv),
                Shell.quick("compare", data, "--seeds", 2, "--report", compare),
                Shell.fusion("robustness", model, data, "--kinds", "noise", "--repeats", 1, "--report", robustness),
                Shell.fusion("importance", model, data, "--split", "train", "--features", 2, "--report", importance));

        assertThat(all).allSatisfy(ran -> assertThat(ran.code()).isZero());
        assertThat(read(cv)).contains("id=\"by-fold\"", "id=\"confusion\"", "<th scope=\"row\">fold 3</th>");
        assertThat(read(compare)).contains("id=\"by-ways\"", "standard deviation", "<th scope=\"row\">committee</th>");
        assertThat(read(compare))
                .contains(
                        "10 of 20 rows", "measured on fewer rows", "is better; of those on all rows the committee is ");
        assertThat(read(robustness)).contains("id=\"curve-noise\"", "late fusion, all", "Under noise");
        assertThat(read(robustness))
                .contains("<dt>split measured</dt><dd>test</dd>", "Hurt most by noise")
                .doesNotContain(FLATTERED, "Hurt least by");
        assertThat(read(importance))
                .contains("id=\"shapley\"", "id=\"drops\"", "id=\"features-drops\"", "text 5 to 9")
                .contains("<dt>split measured</dt><dd>train</dd>", "<dt>rows measured</dt><dd>60</dd>")
                .contains(FLATTERED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"fit", "cv", "compare", "experiment"})
    void whatCannotBeWrittenIsSaidBeforeAnyWork(String command) {
        Path missing = dir.resolve("missing");
        Object[] arguments = command.equals("fit")
                ? new Object[] {"fit", data, "-o", dir.resolve("n.fusion"), "--report", missing.resolve("r.html")}
                : command.equals("experiment")
                        ? new Object[] {command, "missing", "--report", missing.resolve("r.html")}
                        : new Object[] {command, data, "--report", missing.resolve("r.html")};

        Ran ran = Shell.quick(arguments);

        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.out()).isEmpty();
        assertThat(ran.err())
                .isEqualTo("fusion: Cannot write " + missing.resolve("r.html") + ": folder " + missing
                        + " does not exist; make it with: mkdir -p " + missing + "\n");
        assertThat(dir.resolve("n.fusion")).doesNotExist();
    }

    @Test
    void aFolderAndTheModelsOwnFileAreRefused() {
        Ran folder = Shell.fusion("importance", model, data, "--report", dir);
        Ran same = Shell.quick("fit", data, "-o", dir.resolve("x"), "--report", dir.resolve("x"));

        assertThat(folder.code()).isEqualTo(2);
        assertThat(folder.err())
                .isEqualTo("fusion: Cannot write " + dir + ": it is a folder; give the name of a file in it\n");
        assertThat(same.code()).isEqualTo(2);
        assertThat(same.err())
                .isEqualTo(
                        "fusion: --report and --output both name " + dir.resolve("x") + "; give two different files\n");
    }
}
