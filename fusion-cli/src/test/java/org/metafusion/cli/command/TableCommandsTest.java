package org.metafusion.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.metafusion.cli.Birds;
import org.metafusion.cli.Shell;
import org.metafusion.cli.Shell.Ran;
import org.metafusion.core.modality.FeatureTable;
import org.metafusion.core.modality.MultimodalDataset;
import org.metafusion.core.modality.Targets;
import org.metafusion.data.folder.FolderData;
import org.metafusion.data.folder.ReadOptions;

/** The same birds as a folder and as tables of every kind. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TableCommandsTest {

    private Path dir = Path.of("");
    private Path folder = Path.of("");
    private Path model = Path.of("");

    @BeforeAll
    void tables(@TempDir Path temporary) throws IOException {
        dir = temporary;
        Birds birds = Birds.classes(dir.resolve("folder"));
        folder = birds.path();
        Files.writeString(dir.resolve("birds.csv"), oneTable(birds));
        String typed =
                "read_csv('" + dir.resolve("birds.csv") + "', header = true, all_varchar = true, nullstr = [''])";
        String columns = "SELECT id, label, split, CAST(COLUMNS('^(image|text)[.]') AS FLOAT) FROM " + typed;
        run("jdbc:duckdb:", "COPY (" + columns + ") TO '" + dir.resolve("birds.parquet") + "'");
        run("jdbc:duckdb:", "COPY (" + columns + ") TO '" + dir.resolve("birds.csv.gz") + "' (HEADER)");
        run("jdbc:duckdb:", "COPY (" + columns + ") TO '" + dir.resolve("birds.jsonl") + "' (FORMAT json)");
        run("jdbc:duckdb:" + dir.resolve("birds.duckdb"), "CREATE TABLE b AS " + columns);
        Files.writeString(
                dir.resolve("sql.conf"),
                "database = birds.duckdb\nsource = \"SELECT * FROM b ORDER BY CAST(substr(id, 2) AS INTEGER)\"\n");
        Files.writeString(
                dir.resolve("joined.conf"),
                "sources = [\"SELECT id, label, split FROM b\", \"SELECT id, COLUMNS('^image[.]') FROM b\","
                        + " \"SELECT id, COLUMNS('^text[.]') FROM b WHERE \\\"text.a\\\" IS NOT NULL\"]\n"
                        + "database = birds.duckdb\n");
        model = dir.resolve("birds.fusion");
        assertThat(Shell.fit(dir.resolve("birds.parquet"), model).code()).isZero();
    }

    private static String oneTable(Birds birds) {
        Map<String, String> image = byId(birds.content("image.csv"), "image.");
        Map<String, String> text = byId(birds.content("text.csv"), "text.");
        String none = text.getOrDefault("b0", "").replaceAll("[^,]", "");
        return birds.content("labels.csv")
                .lines()
                .map(line -> line + image.get(id(line)) + text.getOrDefault(id(line), none))
                .collect(Collectors.joining("\n", "", "\n"));
    }

    private static String id(String line) {
        return line.substring(0, line.indexOf(','));
    }

    private static Map<String, String> byId(String csv, String prefix) {
        Map<String, String> cells = new LinkedHashMap<>();
        csv.lines().forEach(line -> cells.put(id(line), line.substring(line.indexOf(','))));
        cells.computeIfPresent("id", (id, header) -> header.replace(",", "," + prefix));
        return cells;
    }

    private static void run(String url, String sql) {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    private static FolderData read(Path path) {
        return new GivenData(path, Optional.empty(), Optional.empty(), 0).read(ReadOptions.defaults());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "birds.csv",
                "birds.csv.gz",
                "birds.parquet",
                "birds.jsonl",
                "birds.duckdb",
                "sql.conf",
                "joined.conf"
            })
    void aTableHoldsTheBitsOfTheFolder(String name) {
        FolderData expected = read(folder);
        FolderData got = read(dir.resolve(name));

        same(expected.dataset().train(), got.dataset().train());
        same(expected.dataset().test(), got.dataset().test());
        assertThat(got.report().lines().subList(1, 4))
                .isEqualTo(expected.report().lines().subList(1, 4));
    }

    private static void same(MultimodalDataset expected, MultimodalDataset got) {
        assertThat(got.samples().ids()).isEqualTo(expected.samples().ids());
        assertThat(got.task()).isEqualTo(expected.task());
        assertThat(((Targets.Labels) got.targets()).labels()).isEqualTo(((Targets.Labels) expected.targets()).labels());
        for (int m = 0; m < expected.modalities().size(); m++) {
            FeatureTable left = expected.samples().tables().get(m);
            FeatureTable right = got.samples().tables().get(m);
            assertThat(right.modality()).isEqualTo(left.modality());
            assertThat(right.missing()).isEqualTo(left.missing());
            assertThat(Arrays.equals(right.values(), left.values())).isTrue();
        }
    }

    @Test
    void evaluateAndPredictSayTheSameOfFolderAndTables() {
        Ran folderPredictions = Shell.fusion("predict", model, folder);
        Ran folderMetrics = Shell.fusion("evaluate", model, folder, "--json");
        assertThat(folderPredictions.code()).isZero();
        for (String name : List.of("birds.parquet", "birds.jsonl", "sql.conf")) {
            Ran ran = Shell.fusion("predict", model, dir.resolve(name));
            assertThat(ran.err()).isEqualTo(folderPredictions.err());
            assertThat(ran.out()).isEqualTo(folderPredictions.out());
            assertThat(Shell.fusion("evaluate", model, dir.resolve(name), "--json")
                            .json()
                            .get("metrics"))
                    .isEqualTo(folderMetrics.json().get("metrics"));
        }
    }

    @Test
    void predictWritesAFileAndJson() throws IOException {
        Path csv = dir.resolve("out.csv");
        Ran ran = Shell.fusion("predict", model, dir.resolve("birds.parquet"), "-o", csv);

        assertThat(ran.err())
                .isEqualTo("80 rows predicted: 70 from image+text, 10 from image; written to " + csv + "\n");
        assertThat(Files.readAllLines(csv)).hasSize(81);
        assertThat(Shell.fusion("predict", model, dir.resolve("birds.parquet"), "--json")
                        .json()
                        .get("predictions"))
                .hasSize(80);
    }

    @Test
    void everyCommandTakesATable() {
        Path table = dir.resolve("birds.parquet");
        List<Ran> all = new ArrayList<>(List.of(
                Shell.fusion("importance", model, table),
                Shell.fusion("robustness", model, table, "--kinds", "noise", "--repeats", "1"),
                Shell.quick("cv", table, "--folds", "2"),
                Shell.quick("compare", table, "--seeds", "1"),
                Shell.quick("experiment", "missing", table, "--seeds", "1"),
                Shell.quick(
                        "experiment",
                        "missing",
                        dir.resolve("birds.csv"),
                        "--seeds",
                        "1",
                        "--columns",
                        "a=image.*,b=text.*,label=label"),
                Shell.quick("search", table, "--trials", "1", "--folds", "2", "--minutes", "0.02")));

        assertThat(all).allSatisfy(ran -> assertThat(ran.code()).as(ran.err()).isZero());
    }

    @Test
    void columnsAreNamedOnTheCommandLine() {
        Path file = dir.resolve("birds.csv");
        Ran ran = Shell.quick(
                "fit", file, "-o", dir.resolve("named.fusion"), "--columns", "picture=image.*,label=label", "--json");

        assertThat(ran.code()).as(ran.err()).isZero();
        assertThat(ran.json().at("/data/modalities")).hasSize(1);
        assertThat(ran.json().at("/data/modalities/0/name").asText()).isEqualTo("picture");
    }

    @Test
    void whatIsNoDataIsSaid() throws IOException {
        Path other = Files.writeString(dir.resolve("notes.txt"), "nothing");
        assertThat(complaint(Shell.fit(other, dir.resolve("m.fusion"))))
                .isEqualTo("Data file " + other
                        + " is of no kind that is known; give a data folder, or a file that ends in"
                        + " .parquet, .csv, .csv.gz, .tsv, .jsonl, .ndjson, .duckdb or .conf");
        assertThat(complaint(Shell.fit(dir.resolve("no.parquet"), dir.resolve("m.fusion"))))
                .isEqualTo("There is no file " + dir.resolve("no.parquet") + "; check the path");
        assertThat(complaint(Shell.quick("fit", folder, "-o", dir.resolve("m.fusion"), "--columns", "a=b")))
                .isEqualTo("--columns names columns of a table, but " + folder
                        + " is a folder, whose files are its modalities; leave it out");
    }

    @Test
    void badLabelsAndSplitsOfATableAreSaid() throws IOException {
        Path file = Files.writeString(dir.resolve("bad.csv"), "id,label,split,age\na,x,train,1\nb,,train,2\n");
        assertThat(complaint(Shell.fit(file, dir.resolve("m.fusion"))))
                .isEqualTo(file + ", row 2, column 'label': the label is blank; give a label or remove the row");
        Files.writeString(file, "id,label,split,age\na,x,train,1\nb,y,dev,2\n");
        assertThat(complaint(Shell.fit(file, dir.resolve("m.fusion"))))
                .isEqualTo(file
                        + ", row 2, column 'split': the split must be 'train' or 'test' but is 'dev'; validation rows"
                        + " are carved out of train by themselves");
        Files.writeString(file, "id,label,image.p\nb1,kind0,1\n");
        assertThat(complaint(Shell.fusion("evaluate", model, file)))
                .contains("modality 'image' must have the 11 features");
        Files.writeString(file, "id,label,split,age\na,x,train,1\nb,y,train,2\nc,x,train,\nd,y,train,4\n");
        assertThat(complaint(Shell.fit(file, dir.resolve("m.fusion"))))
                .isEqualTo(
                        file + ", row 3, column 'id': id 'c' has no values in any modality; add it to one or remove the"
                                + " row");
    }

    private static String complaint(Ran ran) {
        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.err()).startsWith("fusion: ");
        return ran.err().strip().substring("fusion: ".length());
    }
}
