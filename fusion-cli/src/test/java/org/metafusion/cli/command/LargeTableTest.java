package org.metafusion.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.metafusion.cli.Shell;
import org.metafusion.cli.Shell.Ran;

/** Tables whose features lie in a temporary file, as those do that are large for the heap. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LargeTableTest {

    private Path dir = Path.of("");
    private Path table = Path.of("");
    private Path model = Path.of("");

    @BeforeAll
    void fit(@TempDir Path temporary) throws IOException {
        dir = temporary;
        StringBuilder rows = new StringBuilder("id,label,split,image_0,image_1,text_0,text_1\n");
        for (int i = 0; i < 90; i++) {
            String image = i % 9 == 4 ? "," : (i % 3 + 0.01 * i) + "," + (i % 7);
            rows.append("r" + i + ",kind" + i % 3 + "," + (i % 5 == 0 ? "test" : "train") + "," + image + ","
                    + (i % 3 * 2 - 0.02 * i) + "," + (i % 4) + "\n");
        }
        table = Files.writeString(dir.resolve("large.csv"), rows);
        model = dir.resolve("heap.fusion");
        assertThat(Shell.quick("fit", table, "-o", model).code()).isZero();
    }

    @Test
    void theModelIsTheSameAndTheOutputSaysWhereFeaturesLay() throws IOException {
        Path other = dir.resolve("file.fusion");
        Ran ran = Shell.quick("fit", table, "-o", other, "--features-in", "file");

        assertThat(ran.code()).as(ran.err()).isZero();
        assertThat(ran.out()).contains("lie in a temporary file, as asked for");
        assertThat(Files.readAllBytes(other)).isEqualTo(Files.readAllBytes(model));
    }

    @Test
    void commandsSayTheSameAsOfTheHeap() {
        for (List<Object> command : List.<List<Object>>of(
                List.of("evaluate", model, table),
                List.of("evaluate", model, table, "--split", "all"),
                List.of("importance", model, table),
                List.of("robustness", model, table, "--kinds", "noise", "--repeats", "1"))) {
            Ran heap = Shell.fusion(with(command, "heap"));
            Ran file = Shell.fusion(with(command, "file"));
            assertThat(file.code()).as(file.err()).isZero();
            assertThat(file.out()).isEqualTo(heap.out());
        }
        Ran heap = Shell.quick(with(List.of("cv", table, "--folds", "2", "--quiet"), "heap"));
        Ran file = Shell.quick(with(List.of("cv", table, "--folds", "2", "--quiet"), "file"));
        assertThat(committee(heap.out())).contains("±");
        assertThat(committee(file.out())).isEqualTo(committee(heap.out()));
    }

    private static Object[] with(List<Object> command, String place) {
        return java.util.stream.Stream.concat(command.stream(), java.util.stream.Stream.of("--features-in", place))
                .toArray();
    }

    /** The line of its mean metrics, which has no seconds. */
    private static String committee(String out) {
        return out.lines()
                .filter(line -> line.startsWith("committee"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void comparisonsNameTheFileOfTheSplit() throws IOException {
        Ran ran = Shell.quick("compare", table, "--seeds", "1");
        assertThat(ran.code()).as(ran.err()).isZero();
        assertThat(ran.out()).contains("split of large.csv");

        Path undivided = Files.writeString(dir.resolve("flat.csv"), "id,label,x_0,x_1\na,k,1,2\nb,l,2,3\n");
        assertThat(Shell.quick("compare", undivided, "--seeds", "1").err())
                .contains(
                        "Data set 'flat' has no test rows to compare on; mark some in the split column or give --splits");
    }

    @Test
    void aPlaceThatIsNoneAndAFolderAreRefused() {
        assertThat(Shell.fusion("evaluate", model, table, "--features-in", "disk")
                        .err())
                .isEqualTo("fusion: --features-in must be auto, heap or file but is 'disk'\n");
        assertThat(Shell.fusion("evaluate", model, dir, "--features-in", "file").err())
                .isEqualTo("fusion: --features-in is for tables, but " + dir
                        + " is a folder, whose features are read into the heap; leave it out\n");
    }
}
