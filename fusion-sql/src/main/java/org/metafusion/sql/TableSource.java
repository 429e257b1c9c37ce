package org.metafusion.sql;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.metafusion.core.modality.Modality;
import org.metafusion.core.modality.Samples;

/**
 * A data set that is a table, open for reading.
 *
 * <p>Every mistake in it is a {@link org.metafusion.core.FusionException} whose message names the table, the row or id, and
 * the column. A row whose columns of a modality are all NULL, or whose list is, lacks that modality; if only some are, that
 * is a mistake, as in the folder format.
 */
public final class TableSource implements AutoCloseable {

    /** Of features on their way into a file. */
    private static final long BLOCK_BYTES = 32L << 20;

    private final TableMapping mapping;
    private final Engine engine;
    private final String relation;
    private final TableColumns columns;
    private final List<Modality> expected;
    private final List<String> notes = new ArrayList<>();

    private TableSource(TableMapping mapping, Engine engine, List<Modality> expected) {
        this.mapping = mapping;
        this.engine = engine;
        this.expected = List.copyOf(expected);
        SourceFiles files = new SourceFiles(engine, mapping.roles(), KnownModalities.categories(expected));
        this.relation = new Relations(engine, mapping, files).relation();
        this.columns = new TableColumns(engine, engine.columns(relation), mapping);
        columns.id().ifPresent(id -> new IdCheck(engine, relation).require(id));
        if (columns.id().isEmpty()) {
            notes.add("there is no column 'id', so rows are numbered from 1");
        }
    }

    /**
     * Opens a table to learn from; close it.
     *
     * @throws org.metafusion.core.FusionException if it cannot be read, or an id is not unique
     */
    public static TableSource open(TableMapping mapping) {
        return open(mapping, List.of());
    }

    /**
     * Opens a table for a model; close it.
     *
     * @param expected the modalities the model knows. Their features are found by name, see the user guide, and what is a
     *     category of theirs is text even if all its values are numbers
     * @throws org.metafusion.core.FusionException if it cannot be read, or an id is not unique
     */
    public static TableSource open(TableMapping mapping, List<Modality> expected) {
        Engine engine = Engine.open(mapping.engine(), mapping.path().toString());
        try {
            return new TableSource(mapping, engine, expected);
        } catch (RuntimeException e) {
            engine.close();
            throw e;
        }
    }

    /** What is worth knowing of how it was read. */
    public List<String> notes() {
        return Collections.unmodifiableList(notes);
    }

    /**
     * Ids, labels, splits and groups of all rows.
     *
     * @throws org.metafusion.core.FusionException if there is no label column
     */
    public RowHeads heads() {
        columns.requireRoles();
        if (columns.labels().isEmpty()) {
            throw engine.error("there is no column 'label' or 'target'; it has "
                    + TableColumns.names(columns.free())
                    + ", so name the labels' column by --columns label=COLUMN or in"
                    + " a mapping file");
        }
        List<String> wanted = Stream.of(columns.labels().stream(), columns.split().stream(), columns.group().stream())
                .flatMap(names -> names)
                .toList();
        List<String> ids = new ArrayList<>();
        List<List<String>> texts =
                wanted.stream().<List<String>>map(name -> new ArrayList<>()).toList();
        engine.rows("SELECT " + idText() + texts(wanted) + " FROM " + relation, row -> {
            ids.add(columns.id().isPresent() ? row.get(0) : Integer.toString(ids.size() + 1));
            for (int c = 0; c < texts.size(); c++) {
                texts.get(c).add(row.get(c + 1));
            }
        });
        int labels = columns.labels().size();
        List<String> groups = columns.group().isPresent() ? texts.get(texts.size() - 1) : List.of();
        List<String> splits = columns.split().isPresent() ? texts.get(labels) : dealt(groups.isEmpty() ? ids : groups);
        return new RowHeads(ids, columns.labels(), texts.subList(0, labels), splits, groups);
    }

    private List<String> dealt(List<String> keys) {
        return mapping.roles()
                .random()
                .map(random -> keys.stream().map(random::part).toList())
                .orElse(List.of());
    }

    private String idText() {
        return columns.id().map(TableSource::text).orElse("NULL");
    }

    private static String texts(List<String> names) {
        return names.stream().map(name -> ", " + text(name)).collect(Collectors.joining());
    }

    private static String text(String name) {
        return "trim(CAST(" + Sql.name(name) + " AS VARCHAR))";
    }

    /**
     * The features, read once and put where they stay: those of the model's modalities, or where the table was opened for
     * none, all there are.
     *
     * @param train the rows of the first part; levels of categories to learn from are those of these rows
     */
    public SplitSamples features(List<String> ids, BitSet train) {
        return read(
                ids,
                train,
                expected.isEmpty() ? new Planning(engine, relation, columns, train, notes).plans() : known());
    }

    private List<ModalityPlan> known() {
        return new KnownModalities(columns, expected).plans();
    }

    private SplitSamples read(List<String> ids, BitSet train, List<ModalityPlan> plans) {
        long width = plans.stream().mapToLong(plan -> plan.modality().width()).sum();
        Optional<String> file = mapping.place()
                .file(ids.size() * width * Float.BYTES, Runtime.getRuntime().maxMemory());
        file.ifPresent(notes::add);
        try (Features features = new Features(engine, relation, columns.id(), plans)) {
            if (file.isPresent()) {
                return toFile(features, ids, train, width);
            }
            RowPlaces rows = RowPlaces.split(train, 0, ids.size());
            List<FeatureSink> sinks = features.read(rows);
            return new SplitSamples(
                    Features.samples(sinks, Features.ids(ids, rows, 0), 0),
                    Features.samples(sinks, Features.ids(ids, rows, 1), 1));
        }
    }

    private static SplitSamples toFile(Features features, List<String> ids, BitSet train, long width) {
        try (FileReading reading = new FileReading(features, train, ids.size())) {
            return reading.read(ids, (int) Math.max(1, BLOCK_BYTES / (Float.BYTES * width)));
        }
    }

    /**
     * Hands over the rows of a table opened for a model block by block, so that no more than one block is held.
     *
     * @param most rows in a block
     * @throws IllegalStateException if it was opened to learn from
     */
    public void stream(int most, Consumer<Samples> blocks) {
        if (expected.isEmpty()) {
            throw new IllegalStateException("The table must be opened for the modalities of a model");
        }
        List<ModalityPlan> plans = known();
        try (Vectors ids = engine.vectors("SELECT " + idText() + "::VARCHAR FROM " + relation);
                Features features = new Features(engine, relation, columns.id(), plans)) {
            long count = engine.count(relation);
            List<String> block = new ArrayList<>();
            int first = 0;
            while (ids.next()) {
                for (int i = 0; i < ids.rows(); i++) {
                    block.add(Optional.ofNullable(ids.column(0).getString(i))
                            .orElse(Integer.toString(first + block.size() + 1)));
                    if (block.size() == most) {
                        blocks.accept(block(features, first, block));
                        first += block.size();
                        block = new ArrayList<>();
                    }
                }
            }
            if (first + block.size() < count) {
                throw ids.failure(first + block.size());
            }
            if (!block.isEmpty()) {
                blocks.accept(block(features, first, block));
            }
        }
    }

    private static Samples block(Features features, int first, List<String> ids) {
        RowPlaces rows = RowPlaces.block(first, ids.size());
        return Features.samples(features.read(rows), ids, 0);
    }

    @Override
    public void close() {
        engine.close();
    }
}
