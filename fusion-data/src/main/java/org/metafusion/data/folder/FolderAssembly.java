package org.metafusion.data.folder;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.metafusion.core.modality.FeatureTable;
import org.metafusion.core.modality.MultimodalDataset;
import org.metafusion.core.modality.Samples;
import org.metafusion.core.modality.SplitDataset;
import org.metafusion.core.modality.Targets;
import org.metafusion.core.modality.Task;

/** Puts the rows of labels and features together and checks that they fit each other. */
record FolderAssembly(String name, LabelRows labels, List<FeatureRows> features, Task task) {

    SplitDataset split() {
        requireLabels();
        SplitDataset dataset = new SplitDataset(part(true), part(false));
        requireFeatures(dataset.train());
        requireFeatures(dataset.test());
        return dataset;
    }

    private void requireLabels() {
        RowPlaces labelled = new RowPlaces(labels.ids());
        for (FeatureRows file : features) {
            int[] strays = IntStream.range(0, file.rows())
                    .filter(row -> !labelled.has(file.ids().get(row)))
                    .toArray();
            if (strays.length > 0) {
                throw file.file()
                        .error(
                                file.lines().get(strays[0]),
                                "id",
                                "id " + Wording.quoted(file.ids().get(strays[0])) + " has no label"
                                        + likewise(strays.length - 1) + "; add it to "
                                        + labels.file().name() + " or remove the row");
            }
        }
    }

    private static String likewise(int others) {
        return others == 0 ? "" : ", like " + Wording.count(others, "other row");
    }

    private MultimodalDataset part(boolean train) {
        int[] rows = IntStream.range(0, labels.rows())
                .filter(row -> labels.train().get(row) == train)
                .toArray();
        List<String> ids = new ArrayList<>(rows.length);
        for (int row : rows) {
            ids.add(labels.ids().get(row));
        }
        RowPlaces places = new RowPlaces(ids);
        List<FeatureTable> tables = features.stream().map(places::table).toList();
        List<String> groups = labels.groups().isEmpty()
                ? List.of()
                : IntStream.of(rows).mapToObj(labels.groups()::get).toList();
        return new MultimodalDataset(name, new Samples(ids, tables), targets(rows), groups);
    }

    Targets targets(int[] rows) {
        if (task instanceof Task.Classification classification) {
            return new Targets.Labels(classification, indices(rows, classification));
        }
        float[] values = new float[rows.length];
        for (int i = 0; i < rows.length; i++) {
            values[i] = Decimals.toFloat(labels.labels().get(rows[i]));
        }
        return new Targets.Values((Task.Regression) task, values);
    }

    private int[] indices(int[] rows, Task.Classification classification) {
        RowPlaces classes = new RowPlaces(classification.classes());
        int[] indices = new int[rows.length];
        for (int i = 0; i < rows.length; i++) {
            indices[i] = classes.of(labels.labels().get(rows[i]));
        }
        return indices;
    }

    void requireFeatures(MultimodalDataset part) {
        for (int row = 0; row < part.rows(); row++) {
            if (part.samples().available(row).isEmpty()) {
                String id = part.samples().ids().get(row);
                throw labels.file()
                        .error(
                                labels.lines().get(labels.ids().indexOf(id)),
                                "id",
                                "id " + Wording.quoted(id)
                                        + " has no values in any modality; add it to one or remove the row");
            }
        }
    }
}
