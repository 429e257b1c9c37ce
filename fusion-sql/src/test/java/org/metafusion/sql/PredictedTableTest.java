package org.metafusion.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.metafusion.core.modality.FeatureTable;
import org.metafusion.core.modality.Modality;
import org.metafusion.core.modality.Samples;
import org.metafusion.sql.TestTables.Read;

/** Rows to predict for, by the modalities a model knows. */
final class PredictedTableTest extends InFolder {

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
        try (TableSource table = TableSource.open(TableMapping.of(fresh), List.of(modality))) {
            table.stream(10, blocks::add);
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
    void levelsThatLookLikeNumbersOrTruthAreLevels() {
        Modality known =
                new Modality("table", List.of("grade=01", "grade=1", "grade=B", "ringed=true", "ringed=unknown"));
        List<Samples> blocks = new ArrayList<>();
        for (Path fresh : List.of(
                tables.text("new.csv", "id,grade,table_ringed\nx,01,true\ny,1,false\n"),
                tables.text(
                        "new.jsonl",
                        "{\"id\":\"x\",\"grade\":\"01\",\"ringed\":true}\n{\"id\":\"y\",\"grade\":1,\"ringed\":false}\n"))) {
            try (TableSource table = TableSource.open(TableMapping.of(fresh), List.of(known))) {
                table.stream(10, blocks::add);
            }
        }

        assertThat(blocks)
                .hasSize(2)
                .allSatisfy(block ->
                        assertThat(block.tables().get(0).values()).containsExactly(1, 0, 0, 1, 0, 0, 1, 0, 0, 0));
    }

    @Test
    void levelsToMeasureAModelOnAreText() {
        Path file = tables.text("t.csv", "id,label,grade\nx,a,1\ny,b,2\n");
        Modality known = new Modality("table", List.of("grade=2", "grade=B"));
        BitSet train = new BitSet();
        train.set(0);
        try (TableSource table = TableSource.open(TableMapping.of(file), List.of(known))) {
            SplitSamples split = table.features(List.of("x", "y"), train);

            assertThat(split.train().tables().get(0).values()).containsExactly(0, 0);
            assertThat(split.test().tables().get(0).values()).containsExactly(1, 0);
        }
    }

    @Test
    void aTableToLearnFromIsNotStreamed() {
        Path file = tables.text("t.csv", "id,age\nx,1\n");
        try (TableSource table = TableSource.open(TableMapping.of(file))) {
            assertThatThrownBy(() -> table.stream(10, block -> {})).isInstanceOf(IllegalStateException.class);
        }
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
        try (TableSource table = TableSource.open(TableMapping.of(file), modalities)) {
            table.stream(700, blocks::add);
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
        try (TableSource table = TableSource.open(TableMapping.of(file), known)) {
            table.stream(10, blocks::add);
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
        try (TableSource table = TableSource.open(mapping, known)) {
            table.stream(10, blocks::add);
        }

        assertThat(blocks.get(0).tables().get(0).values()).containsExactly(1, 2);
        assertThat(blocks.get(0).tables().get(1).missingCount()).isEqualTo(1);
    }
}
