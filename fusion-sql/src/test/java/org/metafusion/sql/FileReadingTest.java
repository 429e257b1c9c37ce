package org.metafusion.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.metafusion.core.FusionException;
import org.metafusion.core.modality.FeatureTable;
import org.metafusion.core.modality.Modality;

/** Features in a temporary file are those of the heap. */
final class FileReadingTest extends InFolder {

    private static final int ROWS = 5000;
    private static final String LISTS = "SELECT 'r' || i AS id, i % 3 AS label, CASE WHEN i % 7 = 0 THEN NULL ELSE"
            + " list_transform(range(5), lambda x: (i * 10 + x)::FLOAT) END AS list, (i + 0.5)::DOUBLE AS n_1, i AS n_2"
            + " FROM range(" + ROWS + ") t(i)";

    private static List<String> ids() {
        return IntStream.range(0, ROWS).mapToObj(i -> "r" + i).toList();
    }

    private static BitSet train() {
        BitSet train = new BitSet();
        IntStream.range(0, ROWS).filter(i -> i % 5 != 2).forEach(train::set);
        return train;
    }

    private static SplitSamples read(TableMapping mapping) {
        try (TableSource table = TableSource.open(mapping)) {
            return table.features(ids(), train());
        }
    }

    private static void assertSame(List<FeatureTable> file, List<FeatureTable> heap) {
        for (int m = 0; m < heap.size(); m++) {
            assertThat(file.get(m).rowValues().array()).isEmpty();
            assertThat(file.get(m).modality()).isEqualTo(heap.get(m).modality());
            assertThat(file.get(m).missing()).isEqualTo(heap.get(m).missing());
            assertThat(Arrays.equals(file.get(m).values(), heap.get(m).values()))
                    .isTrue();
        }
    }

    @Test
    void bothPlacesHoldTheSame() {
        TableMapping mapping = TableMapping.of(tables.parquet("t.parquet", LISTS));
        SplitSamples heap = read(mapping);
        SplitSamples file = read(mapping.withPlace(FeaturePlace.FILE));

        assertSame(file.train().tables(), heap.train().tables());
        assertSame(file.test().tables(), heap.test().tables());
        assertThat(file.train().ids()).isEqualTo(heap.train().ids());
        assertThat(file.test().ids()).isEqualTo(heap.test().ids()).startsWith("r2", "r7");
        assertThat(heap.train().tables().get(0).rowValues().array()).isPresent();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 64, 1500, 4999, 5000, 9000})
    void blocksOfAnySizeHoldTheSame(int block) {
        Path file = tables.parquet("t.parquet", LISTS);
        SplitSamples heap = read(TableMapping.of(file));
        int rows = block == 1 ? 100 : ROWS;
        ModalityPlan plan = new ModalityPlan(
                Modality.of("list", 5),
                List.of(new FeaturePart.Embedding(
                        new SourceColumn("list", "FLOAT[]"),
                        IntStream.range(0, 5).toArray())));
        try (Engine engine = Engine.open(EngineOptions.standard(), "t");
                Features features =
                        new Features(engine, "read_parquet('" + file + "')", Optional.of("id"), List.of(plan));
                FileReading reading = new FileReading(features, train().get(0, rows), rows)) {
            SplitSamples read = reading.read(ids().subList(0, rows), block);
            float[] wanted = heap.train().tables().get(0).values();
            float[] got = read.train().tables().get(0).values();
            assertThat(got).hasSize(5 * train().get(0, rows).cardinality());
            assertThat(Arrays.mismatch(got, 0, got.length, wanted, 0, got.length))
                    .isNegative();
        }
    }

    @Test
    void aMistakeInALaterBlockNamesItsRow() {
        String torn = LISTS.replace("i AS n_2", "CASE WHEN i = 4321 THEN NULL ELSE i END AS n_2");
        TableMapping mapping =
                TableMapping.of(tables.parquet("t.parquet", torn)).withPlace(FeaturePlace.FILE);

        assertThat(tables.complaint(() -> read(mapping)))
                .isEqualTo("t.parquet: row 4322, column 'n_2': is NULL but other columns of its modality are not; fill"
                        + " them in, or leave all of them NULL to mark the modality as missing");
    }

    /** The driver ends a streamed query that fails on its way, and says nothing. */
    @Test
    void aMistakeFarDownIsToldAndNotTakenForTheEnd() {
        Path file = tables.parquet(
                "t.parquet",
                "SELECT 'r' || i AS id, i % 3 AS label, list_transform(range(CASE WHEN i = 39000 THEN 99 ELSE 100 END),"
                        + " lambda x: x::FLOAT) AS e FROM range(40000) t(i)");
        String wanted =
                "t.parquet, id 'r39000', column 'e': the list has 99 values but there should be 100; give every row a"
                        + " list of that length, or NULL where the modality is missing";

        for (FeaturePlace place : List.of(FeaturePlace.HEAP, FeaturePlace.FILE)) {
            assertThat(tables.complaint(
                            () -> TestTables.read(TableMapping.of(file).withPlace(place))))
                    .isEqualTo(wanted);
        }
        assertThat(tables.complaint(() -> {
                    try (TableSource table = TableSource.open(TableMapping.of(file), List.of(Modality.of("e", 100)))) {
                        table.stream(1000, block -> {});
                    }
                }))
                .isEqualTo(wanted);
    }

    @Test
    void anEndThatCannotBeExplainedNamesTheRowAndWhatMayHelp() {
        try (Engine engine = Engine.open(EngineOptions.standard(), "t");
                Vectors three = engine.vectors("SELECT * FROM range(3)")) {
            assertThat(three.next()).isTrue();
            assertThat(three.next()).isFalse();
            assertThat(three.failure(3))
                    .hasMessage(
                            "t: reading ended before row 4, as it does where DuckDB has too little memory or the data"
                                    + " change meanwhile; raise duckdb { memory-limit } in a mapping file, or read it when nobody"
                                    + " writes to it");
        }
    }

    @Test
    void tooLittleMemoryIsSaid() {
        Path file = tables.parquet(
                "t.parquet",
                "SELECT i AS id, i % 3 AS label, list_transform(range(500), lambda x: (i * x)::FLOAT) AS e FROM"
                        + " range(20000) t(i)");
        TableMapping mapping = TableMapping.of(file);
        TableMapping small = new TableMapping(
                file,
                mapping.sources(),
                mapping.database(),
                mapping.roles(),
                mapping.columns(),
                new EngineOptions(1, "20MB"),
                FeaturePlace.AUTO);

        assertThat(tables.complaint(() -> TestTables.read(small)))
                .startsWith("t.parquet cannot be read (Out of Memory Error:")
                .endsWith("; raise duckdb { memory-limit } in a mapping file");
    }

    @Test
    void sizeDecidesWhereNothingIsSaid() {
        long heap = 6_000_000_000L;

        assertThat(FeaturePlace.AUTO.file(1_000_000_000, heap)).isEmpty();
        assertThat(FeaturePlace.AUTO.file(1_000_000_001, heap))
                .contains(
                        "features (1.0 GB) lie in a temporary file, since they are more than a sixth of the 6.0 GB the"
                                + " Java heap may have");
        assertThat(FeaturePlace.HEAP.file(Long.MAX_VALUE, heap)).isEmpty();
        assertThat(FeaturePlace.FILE.file(120_000, heap))
                .contains("features (0.1 MB) lie in a temporary file, as asked for");
    }

    @Test
    void aPlaceThatIsNoneIsRefused() {
        assertThatThrownBy(() -> FeaturePlace.parse("--features-in", "disk"))
                .isInstanceOf(FusionException.class)
                .hasMessage("--features-in must be auto, heap or file but is 'disk'");
        tables.parquet("t.parquet", LISTS);
        assertThat(tables.complaint(tables.text("t.conf", "source = t.parquet, features-in = ram")))
                .isEqualTo("t.conf: features-in must be auto, heap or file but is 'ram'");
    }

    @Test
    void aMappingNamesThePlace() {
        tables.parquet("t.parquet", LISTS);
        TestTables.Read read = TestTables.read(tables.text("t.conf", "source = t.parquet, features-in = file"));

        assertThat(read.table("n").rowValues().array()).isEmpty();
        assertThat(read.notes()).contains("features (0.1 MB) lie in a temporary file, as asked for");
    }
}
