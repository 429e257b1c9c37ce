package org.metafusion.sql;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.metafusion.core.modality.FeatureFile;
import org.metafusion.core.modality.FeatureTable;
import org.metafusion.core.modality.Samples;

/**
 * Reads the features of a table into temporary files, one a modality and part: a block of rows at a time, which is written
 * while the next is read.
 */
final class FileReading implements AutoCloseable {

    private final Features features;
    private final BitSet train;
    private final int rows;
    private final List<List<FeatureFile>> files = new ArrayList<>();
    private final ExecutorService writer = Executors.newSingleThreadExecutor();

    /** @param rows of the table */
    FileReading(Features features, BitSet train, int rows) {
        this.features = features;
        this.train = train;
        this.rows = rows;
    }

    /**
     * Reads all rows; close it in any case.
     *
     * @param block rows of a block
     */
    SplitSamples read(List<String> ids, int block) {
        RowPlaces all = RowPlaces.split(train, 0, rows);
        for (int part = 0; part < 2; part++) {
            List<FeatureFile> own = new ArrayList<>();
            files.add(own);
            for (ModalityPlan plan : features.plans()) {
                own.add(FeatureFile.create(plan.modality(), all.rowsOf(part)));
            }
        }
        Future<?> writing = writer.submit(() -> {});
        for (int first = 0; first < rows; first += block) {
            List<FeatureSink> sinks = features.read(RowPlaces.split(train, first, Math.min(block, rows - first)));
            Features.await(writing);
            writing = writer.submit(() -> write(sinks));
        }
        Features.await(writing);
        return new SplitSamples(samples(ids, all, 0), samples(ids, all, 1));
    }

    private void write(List<FeatureSink> sinks) {
        for (int part = 0; part < 2; part++) {
            for (int m = 0; m < sinks.size(); m++) {
                files.get(part).get(m).append(sinks.get(m).table(part));
            }
        }
    }

    private Samples samples(List<String> ids, RowPlaces all, int part) {
        List<FeatureTable> tables =
                files.get(part).stream().map(FeatureFile::table).toList();
        return new Samples(Features.ids(ids, all, part), tables);
    }

    @Override
    public void close() {
        writer.shutdownNow();
        files.forEach(part -> part.forEach(FeatureFile::close));
    }
}
