package org.metafusion.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.metafusion.cli.Birds;
import org.metafusion.cli.Shell;
import org.metafusion.cli.Shell.Ran;
import org.metafusion.core.tensor.Availability;
import org.metafusion.ensemble.Backends;

/** Whatever a user gets wrong ends in one line that says where and what to do, exit code 2, and nothing written. */
class UserErrorsTest {

    @TempDir
    private Path dir = Path.of("");

    private Path model() {
        return dir.resolve("m.fusion");
    }

    private void refused(Ran ran, String complaint) {
        assertThat(ran.err()).isEqualTo("fusion: " + complaint + "\n");
        assertThat(ran.out()).isEmpty();
        assertThat(ran.code()).isEqualTo(2);
        assertThat(model()).doesNotExist();
    }

    private static Function<Birds, Birds> labels(String content) {
        return birds -> birds.with("labels.csv", content);
    }

    private static Function<Birds, Birds> image(String find, String replacement) {
        return birds -> birds.with("image.csv", birds.content("image.csv").replaceFirst(find, replacement));
    }

    static Stream<Arguments> badFolders() {
        Function<Birds, Birds> noLabels = birds -> birds.without("labels.csv");
        Function<Birds, Birds> noModality = birds -> birds.without("image.csv").without("text.csv");
        Function<Birds, Birds> empty = birds -> birds.with("image.csv", "");
        Function<Birds, Birds> headerOnly = birds -> birds.with("image.csv", "id,p,q\n");
        Function<Birds, Birds> unlabelled =
                birds -> birds.with("text.csv", birds.content("text.csv") + "z,1,2,3,4,5,6,7,8,9\n");
        return Stream.of(
                arguments(
                        "no labels",
                        noLabels,
                        "Data folder DATA has no labels.csv; give one with the columns id,label,split (split is train or test)"),
                arguments(
                        "no modality",
                        noModality,
                        "Data folder DATA has no modality; give one CSV file per modality, such as image.csv, with the columns id and its features"),
                arguments(
                        "empty file",
                        empty,
                        "DATA/image.csv: the file is empty; give a header line that starts with id, and a line a row"),
                arguments(
                        "header without rows",
                        headerOnly,
                        "DATA/image.csv: there is a header but no row below it; give a line a row, or remove the file"),
                arguments(
                        "ragged row",
                        image("b1,", "b1,1,"),
                        "DATA/image.csv, line 3: the row has 13 cells but the header names 12 columns; give a cell a column, with quotes around a cell that holds a comma"),
                arguments(
                        "text in a number",
                        image("b1,[^,]+", "b1,red"),
                        "DATA/image.csv, line 3, column 'p': must be a number but is 'red'; encode it as numbers (decimal point, no unit) or remove the column"),
                arguments(
                        "NaN",
                        image("b1,[^,]+", "b1,NaN"),
                        "DATA/image.csv, line 3, column 'p': must be a number but is 'NaN'; fill it in, or leave all cells of the row empty to mark the modality as missing"),
                arguments(
                        "infinity",
                        image("b1,[^,]+", "b1,Infinity"),
                        "DATA/image.csv, line 3, column 'p': must be a number but is 'Infinity'; fill it in, or leave all cells of the row empty to mark the modality as missing"),
                arguments(
                        "duplicate id",
                        image("b1,", "b0,"),
                        "DATA/image.csv, line 3, column 'id': id 'b0' is already on line 2; give each row its own id"),
                arguments(
                        "id without label",
                        unlabelled,
                        "DATA/text.csv, line 72, column 'id': id 'z' has no label; add it to DATA/labels.csv or remove the row"),
                arguments(
                        "unknown split",
                        labels("id,label,split\nb0,x,train\nb1,y,dev\n"),
                        "DATA/labels.csv, line 3, column 'split': the split must be 'train' or 'test' but is 'dev'; validation rows are carved out of train by themselves"),
                arguments(
                        "one class only",
                        (Function<Birds, Birds>) UserErrorsTest::oneClass,
                        "DATA/labels.csv: all labels are 'kind'; classification needs two classes or more"),
                arguments(
                        "class absent from train",
                        (Function<Birds, Birds>) UserErrorsTest::absentClass,
                        "DATA/labels.csv: 1 class with test rows but no train row: 'kind9'; mark some of them as train or remove them"),
                arguments(
                        "fewer rows than classes",
                        (Function<Birds, Birds>) UserErrorsTest::manyClasses,
                        "DATA/labels.csv: there are 80 classes but only 60 train rows; give at least two train rows per class"));
    }

    private static Birds oneClass(Birds birds) {
        return birds.with("labels.csv", birds.content("labels.csv").replaceAll("kind\\d", "kind"));
    }

    private static Birds absentClass(Birds birds) {
        return birds.with("labels.csv", birds.content("labels.csv").replaceAll("kind\\d,test", "kind9,test"));
    }

    private static Birds manyClasses(Birds birds) {
        return birds.with("labels.csv", birds.content("labels.csv").replaceAll("(b\\d+),kind\\d", "$1,of-$1"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badFolders")
    void aBadFolder(String fault, Function<Birds, Birds> spoil, String complaint) {
        Path data = spoil.apply(Birds.classes(dir.resolve("birds"))).path();
        Ran ran = Shell.fit(data, model());
        refused(ran, complaint.replace("DATA", data.toString()));
    }

    @Test
    void aFolderThatIsNotThere() {
        Path none = dir.resolve("none");
        refused(Shell.fit(none, model()), "Data folder " + none + " does not exist; check the path");
    }

    static Stream<Arguments> badOptions() {
        return Stream.of(
                arguments("--threads -1", "--threads must be 0 (one a processor) or more but is -1"),
                arguments("--backend gpu", "Unknown backend 'gpu'; set fusion.backend to auto or cuda or cpu"),
                arguments("--task ranking", "Task 'ranking' is unknown; choose auto, classification or regression"),
                arguments(
                        "--set training.epoch=3",
                        "Unknown key 'training.epoch' (command line); did you mean 'fusion.training.epochs'?"),
                arguments(
                        "--set training.epochs=0",
                        "Key 'training.epochs' must be a whole number of 1 or more but is '0' (command line)"),
                arguments("--config none.conf", "Configuration file 'none.conf' cannot be read; check the path"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badOptions")
    void aBadOption(String options, String complaint) {
        Path data = Birds.classes(dir.resolve("birds")).path();
        Object[] arguments = Stream.concat(Stream.of("fit", data, "-o", model()), Stream.of(options.split(" ", -1)))
                .toArray();
        refused(Shell.fusion(arguments), complaint);
    }

    @Test
    void aTargetThatCannotBeWrittenIsRefusedBeforeTheWork() {
        Path data = Birds.classes(dir.resolve("birds")).path();
        Path missing = dir.resolve("none");
        refused(
                Shell.fusion("fit", data, "-o", missing.resolve("m.fusion")),
                "Cannot write " + missing.resolve("m.fusion") + ": folder " + missing
                        + " does not exist; make it with: mkdir -p " + missing);
        refused(
                Shell.fusion("fit", data, "-o", dir),
                "Cannot write " + dir + ": it is a folder; give the name of a file in it");
        refused(
                Shell.fusion("predict", "none.fusion", data, "-o", dir),
                "Cannot write " + dir + ": it is a folder; give the name of a file in it");
    }

    @Test
    void cudaNamedWhereItCannotBeUsed() throws IOException {
        Availability cuda = Backends.installed().status().stream()
                .filter(status -> status.name().equals("cuda"))
                .findFirst()
                .orElseThrow()
                .availability();
        assumeFalse(cuda.usable(), "this machine has a card");

        refused(
                Shell.fusion("fit", Birds.classes(dir.resolve("birds")).path(), "-o", model(), "--backend", "cuda"),
                "Backend 'cuda' cannot be used: " + cuda.reason());
    }

    @Test
    void anUnknownKeyInAFile() throws IOException {
        Path data = Birds.classes(dir.resolve("birds")).path();
        Path file = Files.writeString(dir.resolve("my.conf"), "fusion {\n  training { epoch = 3 }\n}\n");
        refused(
                Shell.fusion("fit", data, "-o", model(), "--config", file),
                "Unknown key 'fusion.training.epoch' (" + file + ":2); did you mean 'fusion.training.epochs'?");
    }

    @Test
    void modelFilesThatAreNone() throws IOException {
        Path data = Birds.classes(dir.resolve("birds")).path();
        Path none = dir.resolve("none.fusion");
        String give = "; give a file that 'fusion fit' wrote";
        for (String command : new String[] {"evaluate", "predict"}) {
            refused(Shell.fusion(command, none, data), "Model " + none + " does not exist; check the path");
        }
        refused(Shell.fusion("inspect", none), "Model " + none + " does not exist; check the path");
        refused(Shell.fusion("inspect", dir), "Model " + dir + " is a folder" + give);
        Path text = Files.writeString(dir.resolve("text.fusion"), "a model, honestly");
        refused(Shell.fusion("inspect", text), "Model " + text + " is no MetaFusion model (not a zip file)" + give);
    }

    @Test
    void modelFilesThatAreDamaged() throws IOException {
        Path data = Birds.classes(dir.resolve("birds")).path();
        Path good = dir.resolve("good.fusion");
        assertThat(Shell.fit(data, good).code()).isZero();
        byte[] bytes = Files.readAllBytes(good);
        Path bad = dir.resolve("bad.fusion");

        Files.write(bad, java.util.Arrays.copyOf(bytes, bytes.length / 2));
        damaged(bad, "the zip is cut short or broken");

        byte[] changed = bytes.clone();
        changed[bytes.length - 400] ^= 1; // Within the weights, which come before the directory.
        Files.write(bad, changed);
        damaged(bad, "the weights are not those that were written (their SHA-256 differs)");

        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        Files.write(
                bad,
                text.replace("\"formatVersion\" : 1", "\"formatVersion\" : 9").getBytes(StandardCharsets.ISO_8859_1));
        assertThat(Shell.fusion("inspect", bad).code()).isEqualTo(2);
    }

    private static void damaged(Path file, String how) {
        Ran ran = Shell.fusion("inspect", file);
        assertThat(ran.err())
                .startsWith("fusion: Model " + file + " is damaged: ")
                .contains(how);
        assertThat(ran.err())
                .endsWith("; copy it anew or fit the model again\n")
                .hasLineCount(1);
        assertThat(ran.out()).isEmpty();
        assertThat(ran.code()).isEqualTo(2);
    }

    @Test
    void rowsAModelCannotPredict() {
        Birds birds = Birds.classes(dir.resolve("birds"));
        Path file = dir.resolve("good.fusion");
        assertThat(Shell.fit(birds.path(), file).code()).isZero();

        birds.with("sound.csv", "id,a\nb0,1\n");
        refused(
                Shell.fusion("predict", file, birds.path()),
                birds.path().resolve("sound.csv")
                        + ": modality 'sound' is unknown to the model; it knows 'image', 'text', so rename or remove"
                        + " the file");
        birds.without("sound.csv").with("text.csv", "id,a,b,c\nb0,1,2,3\n");
        Ran narrow = Shell.fusion("predict", file, birds.path());
        assertThat(narrow.err())
                .startsWith("fusion: " + birds.path().resolve("text.csv"))
                .contains("'d'");
        assertThat(narrow.err()).hasLineCount(1);
        assertThat(narrow.code()).isEqualTo(2);
    }

    @Test
    void labelsAModelDoesNotKnowAndNoTestRows() {
        Birds birds = Birds.classes(dir.resolve("birds"));
        Path file = dir.resolve("good.fusion");
        assertThat(Shell.fit(birds.path(), file).code()).isZero();
        String labels = birds.content("labels.csv");

        birds.with("labels.csv", labels.replace("b0,kind0", "b0,owl"));
        refused(
                Shell.fusion("evaluate", file, birds.path()),
                birds.path().resolve("labels.csv")
                        + ", line 2, column 'label': the label 'owl' is no class of the model; it knows 'kind0',"
                        + " 'kind1', 'kind2'");
        refused(
                Shell.fusion("evaluate", file, birds.path(), "--split", "best"),
                "--split must be test, train or all but is 'best'");
        birds.with("labels.csv", labels.replace(",test", ",train"));
        refused(
                Shell.fusion("evaluate", file, birds.path()),
                "Data folder " + birds.path() + " has no test rows; mark some in the split column of labels.csv or"
                        + " choose other rows with --split train or --split all");
    }
}
