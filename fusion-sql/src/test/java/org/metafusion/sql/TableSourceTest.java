package org.metafusion.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.metafusion.core.modality.FeatureTable;
import org.metafusion.sql.TestTables.Read;

final class TableSourceTest extends InFolder {

    @Test
    void listsAreModalitiesAndNullListsAreMissing() {
        Read birds = TestTables.read(tables.parquet("birds.parquet", TestTables.BIRDS));

        assertThat(birds.modalities()).containsExactly("image:[image_0, image_1]", "text:[text_0, text_1, text_2]");
        assertThat(birds.table("image").values()).containsExactly(1, 2, 3, 4, 5, 6);
        assertThat(birds.table("text").values()).containsExactly(7, 8, 9, 0, 0, 0, 1, 2, 3);
        assertThat(birds.table("text").missing().stream()).containsExactly(1);
        assertThat(birds.heads().ids()).containsExactly("a", "b", "c");
        assertThat(birds.heads().labels()).containsExactly(List.of("owl", "owl", "jay"));
        assertThat(birds.heads().splits()).containsExactly("train", "train", "test");
        assertThat(birds.heads().groups()).isEmpty();
    }

    @Test
    void columnsAreGroupedByWhatTheirNamesBeginWith() {
        Read read = TestTables.read(tables.parquet(
                "t.parquet",
                "SELECT 1 AS id, 'x' AS label, 1.5 AS px1, 2.5 AS px2, 3 AS img_0, 4 AS img_1, 5 AS \"bio.a\","
                        + " 6 AS wing_span, 7 AS wing_width, 8 AS age, 9 AS lone_one"));

        assertThat(read.modalities())
                .containsExactly(
                        "bio:[a]",
                        "img:[img_0, img_1]",
                        "px:[px1, px2]",
                        "table:[age, lone_one]",
                        "wing:[wing_span, wing_width]");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4})
    void valuesStandInTheirRowsWhateverTheThreads(int threads) {
        int rows = 30_000;
        Path file = tables.parquet(
                "wide.parquet",
                "SELECT i AS id, i % 3 AS label, CASE WHEN i % 7 = 0 THEN NULL ELSE list_transform(range(5), lambda x:"
                        + " (i * 10 + x)::FLOAT) END AS list, (i + 0.5)::DOUBLE AS n_1, i AS n_2 FROM range(" + rows
                        + ") t(i)");
        Read read = TestTables.read(TableMapping.of(file).withThreads(threads));

        FeatureTable list = read.table("list");
        FeatureTable numbers = read.table("n");
        for (int i = 0; i < rows; i++) {
            assertThat(list.isPresent(i)).isEqualTo(i % 7 != 0);
            for (int x = 0; x < 5; x++) {
                assertThat(list.values()[i * 5 + x]).isEqualTo(i % 7 == 0 ? 0f : i * 10 + x);
            }
            assertThat(numbers.values()[2 * i]).isEqualTo(i + 0.5f);
            assertThat(numbers.values()[2 * i + 1]).isEqualTo(i);
        }
    }

    @Test
    void trainAndTestRowsGoWhereTheyBelong() {
        try (TableSource birds = TableSource.open(TableMapping.of(tables.parquet("b.parquet", TestTables.BIRDS)))) {
            BitSet train = new BitSet();
            train.set(0);
            train.set(2);
            SplitSamples split = birds.features(List.of("a", "b", "c"), train);

            assertThat(split.train().ids()).containsExactly("a", "c");
            assertThat(split.train().tables().get(0).values()).containsExactly(1, 2, 5, 6);
            assertThat(split.test().ids()).containsExactly("b");
            assertThat(split.test().tables().get(1).missingCount()).isEqualTo(1);
        }
    }

    @Test
    void arraysBooleansAndTimesAreNumbers() {
        Read read = TestTables.read(tables.parquet(
                "t.parquet",
                "SELECT 'a' AS id, 1 AS label, [1.5, 2.5]::DOUBLE[2] AS e, true AS flag, DATE '1970-01-11' AS seen,"
                        + " TIMESTAMP '1970-01-02 12:00:00' AS noted, 7::DECIMAL(4,1) AS age"));

        assertThat(read.table("e").values()).containsExactly(1.5f, 2.5f);
        assertThat(read.table("table").values()).containsExactly(1f, 10f, 1.5f, 7f);
        assertThat(read.notes())
                .containsExactly(
                        "column 'seen' is taken as days since 1970-01-01 UTC",
                        "column 'noted' is taken as days since 1970-01-01 UTC");
    }

    @Test
    void rowsWithoutIdsAreNumbered() {
        Read read = TestTables.read(tables.csv("t.csv", "SELECT 'x' AS label, 3 AS age UNION ALL SELECT 'y', 4"));

        assertThat(read.heads().ids()).containsExactly("1", "2");
        assertThat(read.notes()).containsExactly("there is no column 'id', so rows are numbered from 1");
    }

    @Test
    void csvKeepsIdsAndLabelsAsTheyAreWritten() {
        Read read = TestTables.read(tables.text("t.csv", "id,label,age\n007,1.0,0.1\n 08 ,2.50,16777217\n"));

        assertThat(read.heads().ids()).containsExactly("007", "08");
        assertThat(read.heads().labels()).containsExactly(List.of("1.0", "2.50"));
        assertThat(read.table("table").values()).containsExactly(0.1f, 16777217f);
    }

    @Test
    void jsonLinesHaveListsAndGaps() {
        Read read = TestTables.read(tables.text(
                "t.jsonl",
                "{\"id\":\"a\",\"label\":\"x\",\"image\":[0.25,1e-3],\"age\":3}\n"
                        + "{\"id\":\"b\",\"label\":\"y\",\"image\":null,\"age\":4}\n"
                        + "{\"id\":\"c\",\"label\":\"y\",\"image\":[1,2]}\n"));

        assertThat(read.table("image").values()).containsExactly(0.25f, 1e-3f, 0, 0, 1, 2);
        assertThat(read.table("image").missing().stream()).containsExactly(1);
        assertThat(read.table("table").missing().stream()).containsExactly(2);
    }

    @Test
    void theOnlyTableOfADatabaseIsRead() {
        Path file = tables.database("birds.duckdb", "CREATE TABLE b AS " + TestTables.BIRDS);

        assertThat(TestTables.read(file).table("image").values()).containsExactly(1, 2, 3, 4, 5, 6);
    }

    @Test
    void sourcesAreJoinedByIdWhereAnIdMayBeInOneAlone() {
        tables.parquet(
                "one.parquet", "SELECT * FROM (VALUES ('b', 'x', 1), ('a', 'y', 2), ('d', 'y', 4)) t(id, label, age)");
        tables.csv("two.csv", "SELECT * FROM (VALUES ('a', 5), ('b', 6)) t(id, height)");
        tables.database("db.duckdb", "CREATE TABLE w AS SELECT 'd' AS id, [9]::FLOAT[] AS wing");
        Read read = TestTables.read(tables.text(
                "all.conf",
                "sources = [one.parquet, two.csv, \"SELECT * FROM w\"], database = db.duckdb,"
                        + " modalities { first = age, second = height, third = wing }"));

        assertThat(read.heads().ids()).containsExactly("b", "a", "d");
        assertThat(read.table("first").values()).containsExactly(1, 2, 4);
        assertThat(read.table("second").values()).containsExactly(6, 5, 0);
        assertThat(read.table("second").missing().stream()).containsExactly(2);
        assertThat(read.table("third").missing().stream()).containsExactly(0, 1);
    }

    @Test
    void manyFilesAreOneTable() {
        tables.parquet("part-1.parquet", "SELECT 'a' AS id, 1 AS label, 5 AS age");
        tables.parquet("part-2.parquet", "SELECT 'b' AS id, 2 AS label, 6 AS age");
        Read read = TestTables.read(tables.text("all.conf", "source = \"part-*.parquet\""));

        assertThat(read.heads().ids()).containsExactly("a", "b");
        assertThat(read.table("table").values()).containsExactly(5, 6);
    }

    @Test
    void levelsBeyondTheMostFrequentAreOther() {
        Read read = TestTables.read(tables.parquet(
                "t.parquet",
                "SELECT i AS id, 1 AS label, 'l' || (CASE WHEN i < 320 THEN i % 64 ELSE 64 + i % 2 END) AS kind"
                        + " FROM range(324) t(i)"));
        FeatureTable kinds = read.table("table");

        assertThat(kinds.modality().width()).isEqualTo(65);
        assertThat(kinds.modality().features().get(64)).isEqualTo("kind=other");
        assertThat(kinds.values()[323 * 65 + 64]).isEqualTo(1);
        assertThat(kinds.values()[319 * 65 + 64]).isZero();
    }

    @Test
    void columnsAreChosenByNamePatternAndRange() {
        Path file =
                tables.csv("t.csv", "SELECT 'a' AS uid, 'x' AS kind, 1 AS f0, 2 AS f1, 3 AS f2, 4 AS img_1, 5 AS age");
        Read read = TestTables.read(
                TableMapping.of(file).withColumns("image=img_*,band=f0..f1,more=age+f2,label=kind,id=uid"));

        assertThat(read.modalities()).containsExactly("band:[f0, f1]", "image:[img_1]", "more:[age, f2]");
        assertThat(read.heads().ids()).containsExactly("a");
        assertThat(read.heads().labelNames()).containsExactly("kind");
    }

    @Test
    void aRandomSplitFollowsTheIdAndItsShare() {
        String ids = IntStream.range(0, 2000).mapToObj(i -> "i" + i).collect(Collectors.joining("\n"));
        RandomSplit split = new RandomSplit(0.2, 7);
        List<String> test =
                ids.lines().filter(id -> split.part(id).equals("test")).toList();

        assertThat(test.size()).isBetween(340, 460);
        assertThat(ids.lines().filter(id -> new RandomSplit(0.2, 8).part(id).equals("test")))
                .isNotEqualTo(test);
    }

    @Test
    void rowsOfAGroupAreDealtTogether() {
        tables.parquet("t.parquet", "SELECT i AS id, 1 AS label, i % 40 AS patient, i AS age FROM range(500) t(i)");
        Read read = TestTables.read(
                tables.text("t.conf", "source = t.parquet, group = patient, split { test = 0.3, seed = 1 }"));

        assertThat(read.heads().splits()).contains("test", "train");
        assertThat(IntStream.range(0, 500)
                        .mapToObj(i -> read.heads().groups().get(i)
                                + read.heads().splits().get(i))
                        .distinct())
                .hasSize(40);
    }
}
