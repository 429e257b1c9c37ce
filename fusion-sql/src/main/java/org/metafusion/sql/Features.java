package org.metafusion.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.metafusion.core.FusionException;
import org.metafusion.core.modality.FeatureTable;
import org.metafusion.core.modality.Samples;

/** The features of a table, read through one cursor a list column and one for all other columns. */
final class Features implements AutoCloseable {

    private final Engine engine;
    private final List<ModalityPlan> plans;
    private final List<FeatureCursor> cursors = new ArrayList<>();

    Features(Engine engine, String relation, Optional<String> id, List<ModalityPlan> plans) {
        this.engine = engine;
        this.plans = plans;
        try {
            open(relation, id.orElse(""));
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private void open(String relation, String id) {
        if (plans.stream().flatMap(plan -> plan.parts().stream()).anyMatch(FeaturePart.Embedding.class::isInstance)) {
            engine.runOnCallers();
        }
        List<ScalarCursor.Slot> slots = new ArrayList<>();
        for (int m = 0; m < plans.size(); m++) {
            for (FeaturePart part : plans.get(m).parts()) {
                if (part instanceof FeaturePart.Embedding embedding) {
                    cursors.add(new EmbeddingCursor(engine, relation, id, embedding, m));
                } else {
                    slots.add(new ScalarCursor.Slot(m, part));
                }
            }
        }
        if (!slots.isEmpty()) {
            cursors.add(new ScalarCursor(engine, relation, slots));
        }
    }

    List<ModalityPlan> plans() {
        return plans;
    }

    /** Reads the next rows, each cursor on a thread of its own: they write to different places. */
    List<FeatureSink> read(RowPlaces rows) {
        List<FeatureSink> sinks = plans.stream()
                .map(plan -> new FeatureSink(engine, plan.modality(), rows))
                .toList();
        ExecutorService threads = Executors.newFixedThreadPool(Math.max(1, cursors.size()));
        try {
            List<Future<?>> reading = new ArrayList<>();
            for (FeatureCursor cursor : cursors) {
                reading.add(threads.submit(() -> cursor.read(rows.first(), rows.rows(), sinks)));
            }
            reading.forEach(Features::await);
        } finally {
            threads.shutdown();
        }
        return sinks;
    }

    static void await(Future<?> reading) {
        try {
            reading.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException known) {
                throw known;
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FusionException("Reading was interrupted; start it again", e);
        }
    }

    static Samples samples(List<FeatureSink> sinks, List<String> ids, int part) {
        List<FeatureTable> tables = sinks.stream().map(sink -> sink.table(part)).toList();
        return new Samples(ids, tables);
    }

    /** The ids of the rows of a part. */
    static List<String> ids(List<String> ids, RowPlaces rows, int part) {
        return IntStream.range(0, ids.size())
                .filter(row -> rows.part(row) == part)
                .mapToObj(ids::get)
                .toList();
    }

    @Override
    public void close() {
        cursors.forEach(FeatureCursor::close);
    }
}
