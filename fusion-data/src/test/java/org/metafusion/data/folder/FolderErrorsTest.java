package org.metafusion.data.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every complaint about a data folder, word for word. */
final class FolderErrorsTest {

    @TempDir
    Path dir;

    static Stream<Arguments> badImages() {
        return Stream.of(
                arguments(
                        "empty",
                        "",
                        "image.csv: the file is empty; give a header line that starts with id, and a line a row"),
                arguments(
                        "only line ends",
                        "\n\n",
                        "image.csv: the file is empty; give a header line that starts with id, and a line a row"),
                arguments(
                        "header only",
                        "id,p,q\n",
                        "image.csv: there is a header but no row below it; give a line a row, or remove the file"),
                arguments(
                        "no id",
                        "name,p\na,1\n",
                        "image.csv, line 1: the first column must be 'id' but is 'name'; start the file with a header line whose first column is id"),
                arguments(
                        "no header",
                        "a,1\nb,2\n",
                        "image.csv, line 1: the first column must be 'id' but is 'a'; start the file with a header line whose first column is id"),
                arguments(
                        "semicolons",
                        "id;p;q\na;1;2\n",
                        "image.csv, line 1: the first column must be 'id' but is 'id;p;q'; separate the columns with commas, not semicolons"),
                arguments(
                        "tabs",
                        "id\tp\na\t1\n",
                        "image.csv, line 1: the first column must be 'id' but is 'id?p'; separate the columns with commas, not tabs"),
                arguments(
                        "duplicate column",
                        "id,p,q,p\na,1,2,3\n",
                        "image.csv, line 1: column 'p' is named twice (columns 2 and 4); column names must be unique"),
                arguments(
                        "unnamed column",
                        "id,p,\na,1,2\n",
                        "image.csv, line 1: column 3 has no name; give every column a name"),
                arguments(
                        "no feature",
                        "id\na\nb\n",
                        "image.csv, line 1: there is no column but id; give the features of modality 'image'"),
                arguments(
                        "short row",
                        "id,p,q\na,1,2\nb,3\n",
                        "image.csv, line 3: the row has 2 cells but the header names 3 columns; give a cell a column, with quotes around a cell that holds a comma"),
                arguments(
                        "long row",
                        "id,p,q\n\na,1,2,3\n",
                        "image.csv, line 3: the row has 4 cells but the header names 3 columns; give a cell a column, with quotes around a cell that holds a comma"),
                arguments(
                        "text",
                        "id,p,q\na,1,red\n",
                        "image.csv, line 2, column 'q': must be a number but is 'red'; encode it as numbers (decimal point, no unit) or remove the column"),
                arguments(
                        "decimal comma",
                        "id,p,q\na,1,\"2,5\"\n",
                        "image.csv, line 2, column 'q': must be a number but is '2,5'; encode it as numbers (decimal point, no unit) or remove the column"),
                arguments(
                        "long text with a line end",
                        "id,p\na,\"one\ntwo three four five six seven eight nine ten\"\n",
                        "image.csv, line 2, column 'p': must be a number but is 'one?two three four five six seven eight ...'; encode it as numbers (decimal point, no unit) or remove the column"),
                arguments(
                        "NaN",
                        "id,p,q\na,1,2\nb,NaN,3\n",
                        "image.csv, line 3, column 'p': must be a number but is 'NaN'; fill it in, or leave all cells of the row empty to mark the modality as missing"),
                arguments(
                        "infinity",
                        "id,p,q\na,-inf,2\n",
                        "image.csv, line 2, column 'p': must be a number but is '-inf'; fill it in, or leave all cells of the row empty to mark the modality as missing"),
                arguments(
                        "beyond float32",
                        "id,p,q\na,1e39,2\n",
                        "image.csv, line 2, column 'p': must be a number but is '1e39', beyond the range of 32-bit floats; rescale the column"),
                arguments(
                        "one cell empty",
                        "id,p,q\na,1,2\nb,3, \n",
                        "image.csv, line 3, column 'q': the cell is empty but the row has other values; fill it in, or leave all cells of the row empty to mark the modality as missing"),
                arguments(
                        "duplicate id",
                        "id,p\na,1\nb,2\n\na,3\n",
                        "image.csv, line 5, column 'id': id 'a' is already on line 2; give each row its own id"),
                arguments(
                        "blank id",
                        "id,p\n ,1\n",
                        "image.csv, line 2, column 'id': the id is blank; give the row an id or remove it"),
                arguments(
                        "id without label",
                        "id,p\na,1\nz,2\n",
                        "image.csv, line 3, column 'id': id 'z' has no label; add it to labels.csv or remove the row"),
                arguments(
                        "ids without label",
                        "id,p\na,1\nz,2\ny,3\nx,4\n",
                        "image.csv, line 3, column 'id': id 'z' has no label, like 2 other rows; add it to labels.csv or remove the row"),
                arguments(
                        "no values in train",
                        "id,p\nc,1\n",
                        "image.csv: no train row has values in this modality; give some or remove the file"),
                arguments(
                        "unclosed quote",
                        "id,p\na,\"1\nb,2\n",
                        "image.csv is not a proper CSV file: Unclosed quoted field at end of input (record starting at line 2); mend the quotes there"),
                arguments(
                        "text after a quote",
                        "id,p\na,\"1\"2\n",
                        "image.csv is not a proper CSV file: Unexpected character after closing quote: '2' (0x32) (record starting at line 2); mend the quotes there"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badImages")
    void complainsOfAModality(String fault, String image, String complaint) {
        assertThat(TestFolder.good(dir).with("image.csv", image).complaint()).isEqualTo(complaint);
    }

    static Stream<Arguments> badLabels() {
        return Stream.of(
                arguments(
                        "empty",
                        "",
                        "labels.csv: the file is empty; give a header line that starts with id, and a line a row"),
                arguments(
                        "header only",
                        "id,label\n",
                        "labels.csv: there is a header but no row below it; give a line a row, or remove the file"),
                arguments(
                        "no label column",
                        "id,class\na,x\n",
                        "labels.csv, line 1: there is no column 'label'; expected the columns id,label,split"),
                arguments(
                        "unknown column",
                        "id,label,spilt\na,x,train\n",
                        "labels.csv, line 1: column 'spilt' is unknown; expected the columns id,label,split,group, so remove or rename it"),
                arguments(
                        "blank label",
                        "id,label,split\na,x,train\nb,,train\n",
                        "labels.csv, line 3, column 'label': the label is blank; give a label or remove the row"),
                arguments(
                        "NaN label",
                        "id,label,split\na,1,train\nb,nan,train\n",
                        "labels.csv, line 3, column 'label': the label is 'nan'; give a label or remove the row (if it names a class choose the task classification)"),
                arguments(
                        "unknown split",
                        "id,label,split\na,x,train\nb,y,valid\n",
                        "labels.csv, line 3, column 'split': the split must be 'train' or 'test' but is 'valid'; validation rows are carved out of train by themselves"),
                arguments(
                        "duplicate id",
                        "id,label,split\na,x,train\na,y,train\n",
                        "labels.csv, line 3, column 'id': id 'a' is already on line 2; give each row its own id"),
                arguments(
                        "no train row",
                        "id,label,split\na,x,test\nb,y,test\nc,x,test\n",
                        "labels.csv: no row has the split 'train'; mark the rows to learn from as train"),
                arguments(
                        "one class",
                        "id,label,split\na,x,train\nb,x,train\nc,x,test\n",
                        "labels.csv: all labels are 'x'; classification needs two classes or more"),
                arguments(
                        "class only in test",
                        "id,label,split\na,x,train\nb,x,train\nc,y,test\n",
                        "labels.csv: 1 class with test rows but no train row: 'y'; mark some of them as train or remove them"),
                arguments(
                        "number class only in test",
                        "id,label,split\na,1,train\nb,1,train\nc,2,test\n",
                        "labels.csv: 1 class with test rows but no train row: '2'; mark some of them as train or remove them, or choose the task regression if the labels are amounts"),
                arguments(
                        "fewer train rows than classes",
                        "id,label,split\na,x,train\nb,y,test\nc,z,test\n",
                        "labels.csv: there are 3 classes but only 1 train row; give at least two train rows per class"),
                arguments(
                        "label without values",
                        "id,label\na,x\nb,y\nc,x\nd,y\n",
                        "labels.csv, line 5, column 'id': id 'd' has no values in any modality; add it to one or remove the row"),
                arguments(
                        "a name among fractions",
                        "id,label\na,0.5\nb,low\nc,1\n",
                        "labels.csv, line 3, column 'label': the label must be a number but is 'low'; others have a fraction, such as '0.5' (for class names choose the task classification)"),
                arguments(
                        "constant values",
                        "id,label,split\na,0.5,train\nb,0.5,train\nc,1,test\n",
                        "labels.csv: every train row has the label 0.5; regression needs labels that differ, so give more rows"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badLabels")
    void complainsOfLabels(String fault, String labels, String complaint) {
        assertThat(TestFolder.good(dir).with("labels.csv", labels).complaint()).isEqualTo(complaint);
    }

    @Test
    void complainsOfALabelThatIsNoNumberWhereRegressionIsAskedFor() {
        TestFolder folder = TestFolder.good(dir);
        assertThat(folder.complaint(() -> folder.read(TaskChoice.REGRESSION)))
                .isEqualTo("labels.csv, line 2, column 'label': the label must be a number but is 'x'; regression was"
                        + " asked for");
    }

    @Test
    void complainsOfAFolderThatIsNotThere() {
        assertThat(new TestFolder(dir.resolve("none")).complaint())
                .isEqualTo("Data folder DATA does not exist; check the path");
    }

    @Test
    void complainsOfAFileInPlaceOfAFolder() {
        TestFolder.good(dir);
        assertThat(new TestFolder(dir.resolve("image.csv")).complaint())
                .isEqualTo("Data folder DATA is a file; give the folder that holds labels.csv and a CSV file per"
                        + " modality");
    }

    @Test
    void complainsOfAFolderWithoutLabels() {
        assertThat(TestFolder.good(dir).without("labels.csv").complaint())
                .isEqualTo(
                        "Data folder DATA has no labels.csv; give one with the columns id,label,split (split is train"
                                + " or test)");
    }

    @Test
    void pointsToTheDataFolderWithin() throws IOException {
        TestFolder.good(Files.createDirectory(dir.resolve("birds")));
        assertThat(new TestFolder(dir).complaint())
                .isEqualTo("Data folder DATA has no labels.csv; did you mean birds?");
    }

    @Test
    void complainsOfAFolderWithoutModality() {
        assertThat(TestFolder.good(dir).without("image.csv").without("text.csv").complaint())
                .isEqualTo("Data folder DATA has no modality; give one CSV file per modality, such as image.csv, with"
                        + " the columns id and its features");
    }

    @Test
    void complainsOfAnotherEncoding() {
        byte[] latin = "id,label\na,caf\u00e9\nb,bar\nc,bar\n".getBytes(StandardCharsets.ISO_8859_1);
        assertThat(TestFolder.good(dir).with("labels.csv", latin).complaint())
                .isEqualTo("labels.csv is not UTF-8 text; save it as CSV in UTF-8");
        byte[] wide = TestFolder.IMAGE.getBytes(StandardCharsets.UTF_16);
        assertThat(TestFolder.good(dir).with("image.csv", wide).complaint())
                .isEqualTo("image.csv is not UTF-8 text; save it as CSV in UTF-8");
    }

    @Test
    void complainsOfAFileItMayNotRead() {
        TestFolder folder = TestFolder.good(dir);
        Path image = dir.resolve("image.csv");
        Assumptions.assumeTrue(
                image.toFile().setReadable(false) && !Files.isReadable(image),
                "This user may read every file, so none can be made unreadable");
        assertThat(folder.complaint())
                .isEqualTo("image.csv cannot be read (AccessDeniedException); check that it is a file you may read");
    }

    @Test
    void complainsOfTheFirstBadFileWhicheverIsReadFirst() {
        TestFolder folder = TestFolder.good(dir).with("image.csv", "").with("text.csv", "");
        for (int i = 0; i < 20; i++) {
            assertThat(folder.complaint()).startsWith("image.csv: the file is empty");
        }
    }

    @Test
    void complainsOfAnUnknownTask() {
        assertThat(new TestFolder(dir).complaint(() -> TaskChoice.parse("ranking")))
                .isEqualTo("Task 'ranking' is unknown; choose auto, classification or regression");
    }
}
