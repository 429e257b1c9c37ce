package org.metafusion.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.metafusion.core.modality.FeatureTable;
import org.metafusion.core.modality.Modality;
import org.metafusion.core.modality.Samples;
import org.metafusion.sql.TestTables.Read;

/** Rows to predict for, by the modalities a model knows. */
final class PredictedTableTest {

    @TempDir
    private Path dir = Path.of("");

    private TestTables tables = new TestTables(dir);

    @BeforeEach
    void useFolder() {
        tables = new TestTables(dir);
    }

    @Test
    void categoriesAreEncodedAsInTrainingAndUnknownLevelsSetNothing() {
        Read read = TestTables.read(tables.csv(
                "t.csv",
                "SELECT * FROM (VALUES ('a', 1, 'red'), ('b', 2, 'blue'), ('c', 1, 'blue'), ('d', 1, 'red'),"
                        + " ('e', 1, 'blue')) t(id, label, colour)"));
        Modality modality = read.table("table").modality();
        List<Samples> blocks = new ArrayList<>();
        Path fresh =
                tables.csv("new.csv", "SELECT * FROM (VALUES ('x', 'red'), ('y', 'green'), ('z', NULL)) t(id, colour)");
        try (TableSource table = TableSource.open(TableMapping.of(fresh))) {
            table.stream(List.of(modality), 10, blocks::add);
        }

        assertThat(modality.features()).containsExactly("colour=blue", "colour=red");
        assertThat(read.table("table").values()).containsExactly(0, 1, 1, 0, 1, 0, 0, 1, 1, 0);
        assertThat(read.notes())
                .containsExactly(
                        "column 'colour' is a category of 2 levels and a 0-or-1 feature each; a level not seen here"
                                + " sets none");
        assertThat(blocks.get(0).tables().get(0).values()).containsExactly(0, 1, 0, 0, 0, 0);
        assertThat(blocks.get(0).tables().get(0).missing().stream()).containsExactly(2);
    }

    @Test
    void blocksHoldWhatReadingAtOnceHolds() {
        Path file = tables.parquet(
                "t.parquet",
                "SELECT 'r' || i AS id, 1 AS label, list_transform(range(3), lambda x: (i + x)::FLOAT) AS e, i AS n FROM"
                        + " range(5000) t(i)");
        Read whole = TestTables.read(file);
        List<Modality> modalities =
                whole.tables().stream().map(FeatureTable::modality).toList();
        List<Samples> blocks = new ArrayList<>();
        try (TableSource table = TableSource.open(TableMapping.of(file))) {
            table.stream(modalities, 700, blocks::add);
        }

        assertThat(blocks).hasSize(8);
        assertThat(blocks.stream().flatMap(block -> block.ids().stream()))
                .isEqualTo(whole.heads().ids());
        for (int m = 0; m < 2; m++) {
            int at = m;
            float[] expected = whole.tables().get(m).values();
            int seen = 0;
            for (Samples block : blocks) {
                for (float value : block.tables().get(at).values()) {
                    assertThat(value).isEqualTo(expected[seen++]);
                }
            }
            assertThat(seen).isEqualTo(expected.length);
        }
    }

    @Test
    void aModelOfAFolderFindsItsFeaturesInATable() {
        Path file =
                tables.csv("t.csv", "SELECT 'a' AS id, 1 AS image_q, 2 AS image_p, 3 AS \"text.w\", 'x' AS unknown");
        List<Modality> known = List.of(
                new Modality("image", List.of("p", "q")),
                new Modality("text", List.of("w")),
                new Modality("sound", List.of("f")));
        List<Samples> blocks = new ArrayList<>();
        try (TableSource table = TableSource.open(TableMapping.of(file))) {
            table.stream(known, 10, blocks::add);
        }

        assertThat(blocks.get(0).modalities()).isEqualTo(known);
        assertThat(blocks.get(0).tables().get(0).values()).containsExactly(2, 1);
        assertThat(blocks.get(0).tables().get(1).values()).containsExactly(3);
        assertThat(blocks.get(0).tables().get(2).missingCount()).isEqualTo(1);
    }

    @Test
    void aMappingServesRowsWithoutLabelsAndModalities() {
        Path file = tables.csv("t.csv", "SELECT 'a' AS id, 1 AS f0, 2 AS f1");
        TableMapping mapping = TableMapping.of(file).withColumns("image=f*,text=txt_emb,label=species,split=part");
        List<Modality> known = List.of(
                new Modality("image", List.of("f0", "f1")), new Modality("text", List.of("txt_emb_0", "txt_emb_1")));
        List<Samples> blocks = new ArrayList<>();
        try (TableSource table = TableSource.open(mapping)) {
            table.stream(known, 10, blocks::add);
        }

        assertThat(blocks.get(0).tables().get(0).values()).containsExactly(1, 2);
        assertThat(blocks.get(0).tables().get(1).missingCount()).isEqualTo(1);
    }
}
