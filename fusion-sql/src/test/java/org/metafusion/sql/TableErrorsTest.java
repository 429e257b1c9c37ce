package org.metafusion.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.metafusion.core.modality.Modality;

/** Every mistake is answered by one line. */
final class TableErrorsTest extends InFolder {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "('a', 'x', [1, 2]), ('b', 'y', [1])"
                        + "|t.parquet, id 'b', column 'e': the list has 1 values but there should be 2; give every row a list of that length, or NULL where the modality is missing",
                "('a', 'x', [1, 2]), ('b', 'y', [1, 'nan'::FLOAT])"
                        + "|t.parquet: row 2, column 'e': a value of the list is NaN; give finite numbers, or NULL in place of the list to mark the modality as missing",
                "('a', 'x', [1, 2]), ('b', 'y', [1, NULL])"
                        + "|t.parquet: row 2, column 'e': 1 of the list's 2 values are NULL; fill them in, or leave all of them NULL to mark the modality as missing",
                "('a', 'x', [1, 2]), ('a', 'y', [1, 2])"
                        + "|t.parquet: column 'id': id 'a' is there 2 times; give each row its own id",
                "('a', 'x', [1, 2]), (NULL, 'y', [1, 2])"
                        + "|t.parquet: column 'id': there is a row without an id; give the row an id or remove it",
                "('a', 'x', NULL::FLOAT[])"
                        + "|t.parquet: column 'e' has no list in any row; give lists of numbers, and NULL where the modality is missing",
            })
    void listsAndIds(String rows, String complaint) {
        Path file = tables.parquet(
                "t.parquet", "SELECT id, label, e::FLOAT[] AS e FROM (VALUES " + rows + ") t(id, label, e)");

        assertThat(tables.complaint(file)).isEqualTo(complaint);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1.5,nan|t.csv: row 1, column 'age': must be a number but is NaN; fill it in, or leave all columns of the"
                        + " modality NULL to mark it as missing",
                "1.5,|t.csv: row 1, column 'age': is NULL but other columns of its modality are not; fill them in, or leave"
                        + " all of them NULL to mark the modality as missing",
            })
    void numbers(String cells, String complaint) {
        Path file = tables.text("t.csv", "id,label,height,age\na,x," + cells + "\nb,y,2.5,3.5\n");

        assertThat(tables.complaint(file)).isEqualTo(complaint);
    }

    @Test
    void freeText() {
        Path file = tables.csv("t.csv", "SELECT i AS id, 1 AS label, 'a story of ' || i AS notes FROM range(9) t(i)");

        assertThat(tables.complaint(file))
                .isEqualTo(
                        "t.csv: column 'notes' is free text (9 different values in 9 train rows): embed it first and give"
                                + " the embedding as a list of numbers, or leave it out (ignore in a mapping file, or --columns)");
    }

    @Test
    void typesWithoutNumbers() {
        Path file = tables.parquet("t.parquet", "SELECT 'a' AS id, 1 AS label, {'x': 1} AS s");

        assertThat(tables.complaint(file))
                .isEqualTo(
                        "t.parquet: column 's' is of type STRUCT(x INTEGER), of which no numbers are made; convert it by a"
                                + " query, or leave it out (ignore in a mapping file, or --columns)");
    }

    @Test
    void columnsThatAreNotThere() {
        Path file = tables.csv("t.csv", "SELECT 'a' AS id, 1 AS age");
        TableMapping mapping = TableMapping.of(file);

        assertThat(tables.complaint(file))
                .isEqualTo("t.csv: there is no column 'label' or 'target'; it has 'age', so name the labels' column by"
                        + " --columns label=COLUMN or in a mapping file");
        assertThat(tables.complaint(() -> TestTables.read(mapping.withColumns("label=kind"))))
                .isEqualTo("t.csv: there is no column 'kind'; it has 'id', 'age'");
        assertThat(tables.complaint(() -> TestTables.read(mapping.withColumns("label=age,x=img_*"))))
                .isEqualTo("t.csv: no column matches 'img_*'; it has 'id', 'age'");
        assertThat(tables.complaint(() -> TestTables.read(mapping.withColumns("label=id,x=age,y=age"))))
                .isEqualTo("t.csv: column 'age' is given to the modalities 'x' and 'y'; give it to one");
        assertThat(tables.complaint(() -> TestTables.read(mapping.withColumns("label=id,x=age..id"))))
                .isEqualTo(
                        "t.csv: the range 'age..id' goes backwards: its first column is the table's column 2 and its last"
                                + " 1; turn it round");
        assertThat(tables.complaint(() -> mapping.withColumns("image")))
                .isEqualTo("--columns takes MODALITY=COLUMN,... but has 'image'; give it as in"
                        + " image=img_*,table=age+sex,label=species");
    }

    @Test
    void onlyLabels() {
        Path file = tables.csv("t.csv", "SELECT 'a' AS id, 1 AS label");

        assertThat(tables.complaint(file)).isEqualTo("t.csv: there is no column of features; it has 'id', 'label'");
    }

    @Test
    void filesThatCannotBeRead() {
        assertThat(tables.complaint(dir.resolve("no.parquet")))
                .isEqualTo("There is no file no.parquet; check the path");
        assertThat(tables.complaint(tables.text("bad.parquet", "this is no such file")))
                .startsWith("bad.parquet cannot be read (")
                .contains("No magic bytes found at end of file")
                .endsWith("); check the file, or the query")
                .doesNotContain("\n");
        assertThat(tables.complaint(tables.text("empty.csv", "")))
                .isEqualTo("empty.csv: the file is empty; give a table with a row for each sample");
        assertThat(tables.complaint(tables.text("bad.jsonl", "{\"id\": \n")))
                .startsWith("bad.jsonl cannot be read (")
                .doesNotContain("\n");
    }

    @Test
    void queriesThatFail() {
        assertThat(tables.complaint(tables.text("m.conf", "source = \"SELECT * FROM nowhere\"")))
                .startsWith("m.conf cannot be read (Catalog Error: Table with name nowhere does not exist!")
                .endsWith("); check the file, or the query");
        assertThat(tables.complaint(tables.text("m.conf", "source = \"SELECT FROM WHERE\"")))
                .startsWith("m.conf cannot be read (Parser Error:")
                .doesNotContain("LINE", "source_0")
                .endsWith("); check the file, or the query");
        assertThat(tables.complaint(tables.text("m.conf", "source = birds.xlsx")))
                .isEqualTo("There is no file birds.xlsx; check the path");
        assertThat(tables.complaint(tables.text("m.conf", "source = m.conf")))
                .isEqualTo(
                        "m.conf: source 'm.conf' is of no kind that is known; give a query, or a file that ends in .parquet,"
                                + " .csv, .csv.gz, .tsv, .jsonl, .ndjson, .duckdb");
    }

    @Test
    void mappingsThatAreNone() {
        assertThat(tables.complaint(tables.text("m.conf", "sources = []")))
                .isEqualTo("m.conf: sources is empty; name a file or a query");
        assertThat(tables.complaint(tables.text("m.conf", "id = a")))
                .isEqualTo(
                        "m.conf: give either source (a file, a pattern of files or a query) or sources (several, joined by"
                                + " id)");
        assertThat(tables.complaint(tables.text("m.conf", "source = a.csv, modality = x")))
                .isEqualTo(
                        "m.conf: unknown key 'modality'; known are source, sources, database, id, label, split, group,"
                                + " modalities, ignore, features-in, duckdb.threads, duckdb.memory-limit");
        assertThat(tables.complaint(tables.text("m.conf", "source = {"))).startsWith("m.conf is no mapping: ");
        assertThat(tables.complaint(tables.text("m.conf", "source = a.csv, split { test = 1.5 }")))
                .isEqualTo("m.conf: split.test is the share of test rows, above 0 and below 1, but is 1.5");
        assertThat(tables.complaint(tables.text("m.conf", "source = a.csv, duckdb { memory-limit = much }")))
                .isEqualTo("m.conf: duckdb.memory-limit must be a size such as 2GB or 500MB but is 'much'");
    }

    @Test
    void joins() {
        tables.csv("a.csv", "SELECT 'a' AS id, 1 AS age");
        tables.csv("b.csv", "SELECT 'a' AS id, 1 AS age");
        tables.csv("c.csv", "SELECT 'a' AS uid, 1 AS height");

        assertThat(tables.complaint(tables.text("m.conf", "sources = [a.csv, b.csv]")))
                .isEqualTo("m.conf: column 'age' is in two sources; rename it in one by a query");
        assertThat(tables.complaint(tables.text("m.conf", "sources = [a.csv, c.csv]")))
                .isEqualTo(
                        "m.conf: source 2 has no column 'id'; sources are joined by it, so give each one, or name another"
                                + " by id");
    }

    @Test
    void databasesOfSeveralTables() {
        Path file = tables.database("d.duckdb", "CREATE TABLE b AS SELECT 1 AS id", "CREATE TABLE a AS SELECT 1 AS id");

        assertThat(tables.complaint(file))
                .isEqualTo(
                        "d.duckdb has the tables a, b; name one table by a query in a mapping file (database and source)");
    }

    @Test
    void modelsWhoseColumnsAreNotThere() {
        Path file = tables.csv("t.csv", "SELECT 'a' AS id, 1 AS image_p");
        TableMapping mapping = TableMapping.of(file);

        assertThat(tables.complaint(() -> stream(mapping, new Modality("image", List.of("p", "q")))))
                .isEqualTo(
                        "t.csv: modality 'image' must have the 2 features of the model but has no number for 1: 'q'; give"
                                + " the columns the model was trained on");
        assertThat(tables.complaint(() -> stream(mapping, new Modality("sound", List.of("f", "g")))))
                .isEqualTo(
                        "t.csv: there is no column of any modality of the model; it knows 'sound' (2 features, 'f', ...),"
                                + " so name the columns by --columns or a mapping file");
    }

    private static void stream(TableMapping mapping, Modality modality) {
        try (TableSource table = TableSource.open(mapping, List.of(modality))) {
            table.stream(10, block -> {});
        }
    }
}
