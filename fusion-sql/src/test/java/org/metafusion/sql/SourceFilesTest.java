package org.metafusion.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.metafusion.core.modality.FeatureTable;
import org.metafusion.sql.TestTables.Read;

/** Files are read by all that is in them, and by nothing but what is in them. */
final class SourceFilesTest extends InFolder {

    /** More rows than DuckDB looks at of itself. */
    private static final int ROWS = 25_000;

    @Test
    void fractionsFarDownACsvFileAreNotRounded() {
        Path file = tables.csv(
                "t.csv",
                "SELECT i AS id, 'x' AS label, CASE WHEN i < 24990 THEN '1' ELSE '0.4' END AS age FROM range(" + ROWS
                        + ") t(i)");

        assertThat(TestTables.read(file).table("table").values()[ROWS - 1]).isEqualTo(0.4f);
    }

    @Test
    void quotesFarDownACsvFileAreQuotes() {
        String rows = IntStream.range(0, ROWS)
                .mapToObj(i -> i + (i < 24_990 ? ",owl,1" : ",\"owl\",1"))
                .collect(Collectors.joining("\n"));
        Read read = TestTables.read(tables.text("t.csv", "id,label,age\n" + rows + "\n"));

        assertThat(read.heads().labels().get(0)).containsOnly("owl");
    }

    @Test
    void fractionsAndKeysFarDownJsonLinesAreRead() {
        String rows = IntStream.range(0, ROWS)
                .mapToObj(i -> "{\"id\":" + i + ",\"label\":\"x\",\"age\":"
                        + (i < 24_990 ? "1}" : "0.4,\"wing\":[" + i + ",2]}"))
                .collect(Collectors.joining("\n"));
        Read read = TestTables.read(tables.text("t.jsonl", rows));

        assertThat(read.table("table").values()[ROWS - 1]).isEqualTo(0.4f);
        assertThat(read.table("wing").missingCount()).isEqualTo(24_990);
        assertThat(read.table("wing").values()[2 * ROWS - 2]).isEqualTo(ROWS - 1);
    }

    @Test
    void everyFileOfAPatternIsLookedThrough() {
        for (int i = 0; i < 40; i++) {
            String age = i == 39 ? "0.4" : "1";
            tables.text("p-" + (10 + i) + ".csv", "id,label,age\n" + i + ",x," + age + "\n");
            tables.text("p-" + (10 + i) + ".jsonl", "{\"id\":" + i + ",\"label\":\"x\",\"age\":" + age + "}\n");
        }
        for (String ending : List.of("csv", "jsonl")) {
            FeatureTable table = TestTables.read(tables.text("p.conf", "source = \"p-*." + ending + "\""))
                    .table("table");
            assertThat(table.rows()).isEqualTo(40);
            assertThat(table.values()[39]).isEqualTo(0.4f);
        }
    }

    @Test
    void manyKeysOfOneTypeAreColumns() {
        String row =
                IntStream.range(0, 300).mapToObj(i -> ",\"f" + i + "\":" + i).collect(Collectors.joining());
        Read read = TestTables.read(tables.text("t.jsonl", "{\"id\":1,\"label\":2" + row + "}\n"));

        assertThat(read.table("f").modality().width()).isEqualTo(300);
        assertThat(read.heads().labels()).containsExactly(List.of("2"));
    }

    @Test
    void jsonKeepsIdsAndLabelsAsTheyAreWritten() {
        String first =
                "{\"id\":\"A3F2504E-4F89-11D3-9A0C-0305E82C3301\",\"label\":1,\"group\":\"2020-01-02T03:04:05Z\"";
        String second =
                "{\"id\":\"a3f2504e-4f89-11d3-9a0c-0305e82c3302\",\"label\":2.5,\"group\":\"2020-01-02T03:04:06Z\"";
        Read read = TestTables.read(tables.text(
                "t.jsonl",
                first + ",\"age\":3,\"seen\":\"1970-01-11\",\"e\":[1,2]}\n" + second
                        + ",\"age\":4.5,\"seen\":\"1970-01-12\",\"e\":[1,0.5]}\n"));

        assertThat(read.heads().ids())
                .containsExactly("A3F2504E-4F89-11D3-9A0C-0305E82C3301", "a3f2504e-4f89-11d3-9a0c-0305e82c3302");
        assertThat(read.heads().labels()).containsExactly(List.of("1", "2.5"));
        assertThat(read.heads().groups()).containsExactly("2020-01-02T03:04:05Z", "2020-01-02T03:04:06Z");
        assertThat(read.table("table").values()).containsExactly(3, 10, 4.5f, 11);
        assertThat(read.table("e").values()).containsExactly(1, 2, 1, 0.5f);
    }

    @Test
    void datesOfJsonInAnyFormAreRead() {
        Read read = TestTables.read(
                tables.text(
                        "t.jsonl",
                        "{\"id\":1,\"label\":true,\"seen\":\"01-31-1970\"}\n{\"id\":2,\"label\":false,\"seen\":\"02-01-1970\"}\n"));

        assertThat(read.table("table").values()).containsExactly(30, 31);
        assertThat(read.heads().ids()).containsExactly("1", "2");
        assertThat(read.heads().labels()).containsExactly(List.of("true", "false"));
    }

    @Test
    void aColumnIsTextOnlyIfItHasARole() {
        Path csv = tables.text("t.csv", "uid,species,target,group,age\na,x,1.5,2.5,3\n");
        Path json =
                tables.text("t.jsonl", "{\"uid\":\"a\",\"species\":\"x\",\"target\":1.5,\"group\":2.5,\"age\":3}\n");
        for (Path file : List.of(csv, json)) {
            TableMapping mapping = TableMapping.of(file).withColumns("id=uid,label=species,group=uid");
            assertThat(TestTables.read(mapping).table("table").values()).containsExactly(1.5f, 2.5f, 3);
        }
    }

    @Test
    void aViewIsReadOnce() {
        Path file = tables.database(
                "d.duckdb",
                "CREATE VIEW v AS SELECT i AS id, i AS label, i AS age, [i, 1]::FLOAT[] AS e FROM range(1000) t(i)"
                        + " ORDER BY random()");
        Read read = TestTables.read(file);

        for (int i = 0; i < 1000; i++) {
            float id = Float.parseFloat(read.heads().ids().get(i));
            assertThat(Float.parseFloat(read.heads().labels().get(0).get(i))).isEqualTo(id);
            assertThat(read.table("table").values()[i]).isEqualTo(id);
            assertThat(read.table("e").values()[2 * i]).isEqualTo(id);
        }
    }

    @Test
    void namesOfFoldersAreNoColumns() throws Exception {
        Files.createDirectory(dir.resolve("seed=3"));
        String query = "SELECT 'a' AS id, 1 AS label, 5 AS age";
        for (Path file : List.of(
                tables.csv("seed=3/t.csv", query),
                tables.parquet("seed=3/t.parquet", query),
                tables.text("seed=3/t.jsonl", "{\"id\":\"a\",\"label\":1,\"age\":5}\n"),
                tables.text("seed=3/u.jsonl", "{\"id\":\"a\",\"label\":1.5,\"age\":5}\n"))) {
            assertThat(TestTables.read(file).modalities()).containsExactly("table:[age]");
        }
    }

    @Test
    void theNameOfAFileThatIsThereIsNoPattern() {
        for (String name : List.of("t[1]", "t?", "t*")) {
            tables.text("t1.csv", "id,label,age\nother,1,2\n");
            tables.text("t1.jsonl", "{\"id\":\"other\",\"label\":1,\"age\":2}\n");
            tables.parquet("t1.parquet", "SELECT 'other' AS id, 1 AS label, 2 AS age");
            for (Path file : List.of(
                    tables.text(name + ".csv", "id,label,age\nown,1,2\n"),
                    tables.text(name + ".jsonl", "{\"id\":\"own\",\"label\":1,\"age\":2}\n"),
                    tables.parquet(name + ".parquet", "SELECT 'own' AS id, 1 AS label, 2 AS age"))) {
                assertThat(TestTables.read(file).heads().ids()).containsExactly("own");
            }
        }
    }
}
