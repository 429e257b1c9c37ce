package org.metafusion.data.folder;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.metafusion.core.modality.FeatureTable;
import org.metafusion.core.modality.Modality;
import org.metafusion.core.modality.MultimodalDataset;
import org.metafusion.core.modality.Samples;
import org.metafusion.core.modality.SplitDataset;
import org.metafusion.core.modality.Targets;
import org.metafusion.core.modality.Task;

final class DataFolderTest {

    private static final Modality IMAGE = new Modality("image", List.of("p", "q"));
    private static final Modality TEXT = new Modality("text", List.of("w"));

    @TempDir
    Path dir;

    @Test
    void putsRowsInTheOrderOfTheLabels() {
        TestFolder folder = TestFolder.good(dir)
                .with("labels.csv", "id,split,label\nc,train,x\na,train,y\nb,test,y\n")
                .with("text.csv", "id,w\nb,8\nc,9\na,7\n");
        MultimodalDataset train = folder.read().dataset().train();
        assertThat(train.samples().ids()).containsExactly("c", "a");
        assertThat(train.modalities()).containsExactly(IMAGE, TEXT);
        assertThat(train.samples().tables().get(0).values()).containsExactly(5, 6, 1, 2);
        assertThat(train.samples().tables().get(1).values()).containsExactly(9, 7);
        assertThat(((Targets.Labels) train.targets()).labels()).containsExactly(0, 1);
        MultimodalDataset test = folder.read().dataset().test();
        assertThat(test.samples().ids()).containsExactly("b");
        assertThat(((Targets.Labels) test.targets()).labels()).containsExactly(1);
    }

    @Test
    void rowsMayBelongToGroups() {
        FolderData data = TestFolder.good(dir)
                .with("labels.csv", "id,group,split,label\nc,p1,train,x\na,p2,train,y\nb,p1,test,y\n")
                .read();
        assertThat(data.dataset().train().groups()).containsExactly("p1", "p2");
        assertThat(data.dataset().test().groups()).containsExactly("p1");
        assertThat(data.dataset().train().select(new int[] {1}).groups()).containsExactly("p2");
    }

    @Test
    void aRowAbsentFromAFileOrEmptyThroughoutLacksTheModality() {
        FolderData data = TestFolder.good(dir)
                .with("image.csv", "id,p,q\nc,5,6\na,,\n")
                .with("labels.csv", "id,label\na,x\nb,y\nc,x\n")
                .read();
        FeatureTable image = data.dataset().train().samples().tables().get(0);
        assertThat(image.isPresent(0)).isFalse();
        assertThat(image.isPresent(1)).isFalse();
        assertThat(image.isPresent(2)).isTrue();
        assertThat(image.values()).containsExactly(0, 0, 0, 0, 5, 6);
        assertThat(data.report().modalities().get(0).trainMissing()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\uFEFFid,p,q\na,1,2\nb,3,4\nc,5,6\n",
                "\uFEFF\"id\",\"p\",\"q\"\na,1,2\nb,3,4\nc,5,6\n",
                "id,p,q\r\na,1,2\r\nb,3,4\r\nc,5,6",
                "id,p,q\ra,1,2\rb,3,4\rc,5,6\r",
                "\"id\",\"p\",\"q\"\n\"a\",\"1\",\"2\"\nb,\"3\",4\nc,5,6\n\n\n",
                "\n id , p , q \n a , 1 , 2\nb,\t3, +4.0 \nc,.5e1,600e-2\n"
            })
    void readsWhatEditorsAndSpreadsheetsWrite(String image) {
        FolderData data = TestFolder.good(dir)
                .with("image.csv", image)
                .with("labels.csv", "\uFEFFid,label\r\na,x\r\nb,y\r\nc,x")
                .read();
        FeatureTable table = data.dataset().train().samples().tables().get(0);
        assertThat(table.modality()).isEqualTo(IMAGE);
        assertThat(table.values()).containsExactly(1, 2, 3, 4, 5, 6);
    }

    @Test
    void ignoresSubfoldersOtherFilesAndWhatEditorsLeave() throws IOException {
        TestFolder folder = TestFolder.good(dir)
                .with("README.md", "x")
                .with(".image.csv", "x")
                .with("~$image.csv", "x");
        Files.createDirectory(dir.resolve("extra.csv"));
        assertThat(folder.read().dataset().train().modalities()).containsExactly(IMAGE, TEXT);
    }

    @Test
    void theSplitMayBeIgnored() {
        FolderData data = DataFolder.read(
                TestFolder.good(dir).path(), ReadOptions.defaults().ignoringSplit());
        assertThat(data.dataset().train().rows()).isEqualTo(3);
        assertThat(data.dataset().test().rows()).isZero();
        assertThat(data.report().notes())
                .containsExactly("the split column of labels.csv is ignored: all rows take part");
    }

    @Test
    void reportsWhatItFound() {
        FolderData data = TestFolder.good(dir)
                .without("text.csv")
                .with("image.csv", "id,p,q\na,1,2\nb,1,4\n")
                .with("labels.csv", "id,label\na,2\nb,10\n")
                .read();
        assertThat(data.report().lines())
                .containsExactly(
                        dir.getFileName() + ": 2 rows (2 train, 0 test)",
                        "modality image: 2 features, complete",
                        "task: classification into 2 classes (the labels are whole numbers with at most 20 values), train"
                                + " + test rows: 2 1 + 0, 10 1 + 0",
                        "note: there is only one modality, 'image', so nothing is fused; add a CSV file per further"
                                + " modality",
                        "note: labels.csv has no column 'split', so every row is train; the model cannot be measured on"
                                + " rows it has not seen",
                        "warning: modality 'image' has 1 column with one value in all train rows: 'p'; nothing can be"
                                + " learned from them",
                        "warning: 2 classes with a single train row: '2', '10'; none is left to validate on, so give more"
                                + " rows");
    }

    @Test
    void reportsMissingSharesAndASplitWithoutTestRows() {
        FolderData data = TestFolder.good(dir)
                .with("labels.csv", "id,label,split\na,x,train\nb,y,train\nc,x,train\n")
                .with("image.csv", "id,p,q\na,1,2\nb,3,4\n")
                .read();
        assertThat(data.report().toString())
                .contains("modality image: 2 features, missing in 1 (33.3 %) train and no test rows")
                .contains("note: no row of labels.csv is test; the model cannot be measured on rows it has not seen");
    }

    /** Labels count from {@code first} in steps of {@code step}, each value {@code times} times. */
    @ParameterizedTest(name = "{2} values from {0} by {1}, {3} rows each: {4}")
    @CsvSource({
        "0, 1, 2, 2, classification",
        "7, 100, 20, 1, classification",
        "7, 100, 21, 9, regression",
        "0, 1, 100, 5, classification",
        "1, 1, 100, 5, classification",
        "2, 1, 100, 5, regression",
        "0, 1, 100, 4, regression",
        "0, 0.5, 3, 9, regression",
    })
    void decidesTheTaskFromNumbers(double first, double step, int values, int times, String task) {
        List<String> labels = IntStream.range(0, values * times)
                .mapToDouble(row -> first + step * Math.floorDiv(row, times))
                .mapToObj(value -> value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value))
                .toList();
        Task decided = folderWith(labels).read().report().task();
        assertThat(decided instanceof Task.Classification ? "classification" : "regression")
                .isEqualTo(task);
    }

    @Test
    void theTaskMayBeForced() {
        TestFolder folder = folderWith(List.of("0.5", "1.5", "0.5"));
        assertThat(folder.read(TaskChoice.CLASSIFICATION).report().task())
                .isEqualTo(new Task.Classification(List.of("0.5", "1.5")));
        assertThat(((Targets.Values) folder.read(TaskChoice.REGRESSION)
                                .dataset()
                                .train()
                                .targets())
                        .values())
                .containsExactly(0.5f, 1.5f, 0.5f);
    }

    @Test
    void classesAreSortedByValueOrByName() {
        assertThat(folderWith(List.of("10", "9", "-1")).read().report().task())
                .isEqualTo(new Task.Classification(List.of("-1", "9", "10")));
        assertThat(folderWith(List.of("10", "9", "b")).read().report().task())
                .isEqualTo(new Task.Classification(List.of("10", "9", "b")));
    }

    private TestFolder folderWith(List<String> labels) {
        String rows = IntStream.range(0, labels.size())
                .mapToObj(row -> "r" + row + "," + labels.get(row))
                .collect(Collectors.joining("\n"));
        String values = IntStream.range(0, labels.size())
                .mapToObj(row -> "r" + row + "," + row)
                .collect(Collectors.joining("\n"));
        return new TestFolder(dir).with("labels.csv", "id,label\n" + rows).with("text.csv", "id,w\n" + values);
    }

    @Test
    void samplesHaveTheModelsColumnOrderAndAllItsModalities() {
        new TestFolder(dir).with("image.csv", "id,q,p\nb,2,1\na,4,3\n");
        Samples samples = DataFolder.readSamples(dir, List.of(TEXT, IMAGE));
        assertThat(samples.ids()).containsExactly("b", "a");
        assertThat(samples.modalities()).containsExactly(TEXT, IMAGE);
        assertThat(samples.tables().get(0).missingCount()).isEqualTo(2);
        assertThat(samples.tables().get(1).values()).containsExactly(1, 2, 3, 4);
    }

    @Test
    void samplesAreTheUnionOfTheFiles() {
        new TestFolder(dir).with("image.csv", "id,p,q\nb,1,2\na,3,4\n").with("text.csv", "id,w\nc,5\na,6\n");
        Samples samples = DataFolder.readSamples(dir, List.of(IMAGE, TEXT));
        assertThat(samples.ids()).containsExactly("b", "a", "c");
        assertThat(samples.available(0).stream().toArray()).containsExactly(0);
        assertThat(samples.available(1).stream().toArray()).containsExactly(0, 1);
        assertThat(samples.available(2).stream().toArray()).containsExactly(1);
    }

    @Test
    void complainsOfColumnsTheModelDoesNotHave() {
        TestFolder folder = new TestFolder(dir).with("image.csv", "id,p,r,s\na,1,2,3\n");
        assertThat(folder.complaint(() -> DataFolder.readSamples(dir, List.of(IMAGE))))
                .isEqualTo("image.csv, line 1: modality 'image' must have the 2 columns of the model but has 3; 1"
                        + " missing: 'q'; 2 unknown: 'r', 's'; give the columns the model was trained on");
        assertThat(folder.complaint(() -> DataFolder.readSamples(dir, List.of(Modality.of("image", 9)))))
                .isEqualTo("image.csv, line 1: modality 'image' must have the 9 columns of the model but has 3; 9"
                        + " missing: 'image_0', 'image_1', 'image_2', 'image_3', 'image_4' and 4 more; 3 unknown: 'p',"
                        + " 'r', 's'; give the columns the model was trained on");
    }

    @Test
    void complainsOfAModalityTheModelDoesNotKnow() {
        TestFolder folder = TestFolder.good(dir).with("audio.csv", "id,f\na,1\n");
        assertThat(folder.complaint(() -> DataFolder.readSamples(dir, List.of(IMAGE, TEXT))))
                .isEqualTo("audio.csv: modality 'audio' is unknown to the model; it knows 'image', 'text', so rename or"
                        + " remove the file");
    }

    @Test
    void complainsOfAFolderWithoutSamples() {
        assertThat(new TestFolder(dir).complaint(() -> DataFolder.readSamples(dir, List.of(IMAGE))))
                .startsWith("Data folder DATA has no modality; give one CSV file per modality");
    }

    @Test
    void labelledDataIsReadForAModelThatExists() {
        TestFolder folder = TestFolder.good(dir)
                .without("text.csv")
                .with("labels.csv", "id,label,split\na,z,test\nb,y,test\nc,y,test\n");
        Task task = new Task.Classification(List.of("x", "y", "z"));
        SplitDataset data = DataFolder.readLabelled(dir, List.of(IMAGE, TEXT), task);
        assertThat(data.train().rows()).isZero();
        assertThat(data.test().modalities()).containsExactly(IMAGE, TEXT);
        assertThat(((Targets.Labels) data.test().targets()).labels()).containsExactly(2, 1, 1);
        assertThat(folder.complaint(() ->
                        DataFolder.readLabelled(dir, List.of(IMAGE, TEXT), new Task.Classification(List.of("x", "y")))))
                .isEqualTo("labels.csv, line 2, column 'label': the label 'z' is no class of the model; it knows 'x',"
                        + " 'y'");
        assertThat(folder.complaint(() ->
                        DataFolder.readLabelled(dir, List.of(IMAGE, TEXT), new Task.Regression(List.of("label")))))
                .isEqualTo("labels.csv, line 2, column 'label': the label must be a number but is 'z'; the model's task"
                        + " is regression");
    }
}
