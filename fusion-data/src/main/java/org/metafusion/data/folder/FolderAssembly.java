package org.metafusion.data.folder;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.metafusion.core.FusionException;
import org.metafusion.core.modality.FeatureTable;
import org.metafusion.core.modality.MultimodalDataset;
import org.metafusion.core.modality.Samples;
import org.metafusion.core.modality.SplitDataset;
import org.metafusion.core.modality.Targets;
import org.metafusion.core.modality.Task;

/** Puts the rows of labels and features together and checks that they fit each other. */
final class FolderAssembly {

    private final String name;
    private final LabelRows labels;
    private final List<FeatureRows> features;
    private final LabelTask decision;

    FolderAssembly(String name, LabelRows labels, List<FeatureRows> features, TaskChoice choice) {
        this.name = name;
        this.labels = labels;
        this.features = features;
        this.decision = LabelTask.of(labels, choice);
    }

    FolderData assemble() {
        requireTrainRows();
        requireLabels();
        MultimodalDataset train = part(true);
        MultimodalDataset test = part(false);
        requireValues(train);
        requireFeatures(train);
        requireFeatures(test);
        SplitDataset dataset = new SplitDataset(train, test);
        DataReport report = new FolderSurvey(dataset, labels, decision).report();
        return new FolderData(dataset, report);
    }

    private void requireTrainRows() {
        if (labels.trainRows() == 0) {
            throw labels.file().error("no row has the split 'train'; mark the rows to learn from as train");
        }
    }

    private void requireLabels() {
        RowPlaces labelled = new RowPlaces(labels.ids());
        for (FeatureRows file : features) {
            List<Integer> strays = IntStream.range(0, file.rows())
                    .filter(row -> !labelled.has(file.ids().get(row)))
                    .boxed()
                    .toList();
            if (!strays.isEmpty()) {
                int row = strays.get(0);
                throw file.file()
                        .error(
                                file.lines().get(row),
                                "id",
                                "id " + Wording.quoted(file.ids().get(row)) + " has no label"
                                        + also(strays.size() - 1) + "; add it to "
                                        + labels.file().path()
                                        + " or remove the row");
            }
        }
    }

    private static String also(int others) {
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
        return new MultimodalDataset(name, new Samples(ids, tables), targets(rows));
    }

    private Targets targets(int[] rows) {
        if (decision.task() instanceof Task.Classification classification) {
            int[] indices = new int[rows.length];
            RowPlaces classes = new RowPlaces(classification.classes());
            for (int i = 0; i < rows.length; i++) {
                indices[i] = classes.of(labels.labels().get(rows[i]));
            }
            return new Targets.Labels(classification, indices);
        }
        float[] values = new float[rows.length];
        for (int i = 0; i < rows.length; i++) {
            values[i] = Decimals.toFloat(labels.labels().get(rows[i]));
        }
        return new Targets.Values((Task.Regression) decision.task(), values);
    }

    private void requireFeatures(MultimodalDataset part) {
        for (int row = 0; row < part.rows(); row++) {
            if (part.samples().available(row).isEmpty()) {
                String id = part.samples().ids().get(row);
                int line = labels.lines().get(labels.ids().indexOf(id));
                throw labels.file()
                        .error(
                                line,
                                "id",
                                "id " + Wording.quoted(id)
                                        + " has no values in any modality; add it to one or remove the row");
            }
        }
    }

    private void requireValues(MultimodalDataset train) {
        for (int m = 0; m < features.size(); m++) {
            if (train.samples().tables().get(m).missingCount() == train.rows()) {
                throw features.get(m)
                        .file()
                        .error("no train row has values in this modality; give some or remove the file");
            }
        }
        checkTargets(train.targets());
    }

    private void checkTargets(Targets targets) {
        if (targets instanceof Targets.Labels train) {
            checkClasses(train);
        } else if (targets instanceof Targets.Values train) {
            float first = train.values()[0];
            boolean varies = IntStream.range(1, train.rows()).anyMatch(row -> train.values()[row] != first);
            if (!varies) {
                throw labels.file()
                        .error("all train rows have the label " + first + "; there is nothing to learn from one value");
            }
        }
    }

    private void checkClasses(Targets.Labels train) {
        List<String> classes = train.task().classes();
        if (train.rows() < classes.size()) {
            throw decision.error(
                    labels,
                    Wording.count(train.rows(), "train row") + " cannot show " + Wording.count(classes.size(), "class")
                            + "; give two train rows or more per class");
        }
        boolean[] seen = new boolean[classes.size()];
        for (int label : train.labels()) {
            seen[label] = true;
        }
        List<String> absent = IntStream.range(0, seen.length)
                .filter(label -> !seen[label])
                .mapToObj(classes::get)
                .toList();
        if (!absent.isEmpty()) {
            throw unlearnable(absent);
        }
    }

    private FusionException unlearnable(List<String> absent) {
        String what = absent.size() == 1
                ? "class " + Wording.names(absent) + " has"
                : "classes " + Wording.names(absent) + " have";
        return decision.error(labels, what + " test rows but no train row; mark some as train or remove the rows");
    }
}
