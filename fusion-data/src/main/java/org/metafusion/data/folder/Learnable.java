package org.metafusion.data.folder;

import java.util.List;
import java.util.stream.IntStream;
import org.metafusion.core.modality.MultimodalDataset;
import org.metafusion.core.modality.Targets;

/** What train rows must have for anything to be learned from them. */
record Learnable(LabelRows labels, List<FeatureRows> features, LabelTask decision) {

    void check(MultimodalDataset train) {
        if (train.targets() instanceof Targets.Labels targets) {
            requireRows(targets);
            requireClasses(targets);
        } else if (train.targets() instanceof Targets.Values targets) {
            requireVariation(targets);
        }
        for (int m = 0; m < features.size(); m++) {
            if (train.samples().tables().get(m).missingCount() == train.rows()) {
                throw features.get(m)
                        .file()
                        .error("no train row has values in this modality; give some or remove the file");
            }
        }
    }

    void requireTrainRows() {
        if (labels.train().isEmpty()) {
            throw labels.file().error("no row has the split 'train'; mark the rows to learn from as train");
        }
    }

    private void requireRows(Targets.Labels train) {
        int classes = train.task().outputs();
        if (train.rows() < classes) {
            throw labels.file()
                    .error("there are " + Wording.count(classes, "class") + " but only "
                            + Wording.count(train.rows(), "train row") + "; give at least two train rows per class"
                            + decision.otherwise());
        }
    }

    private void requireClasses(Targets.Labels train) {
        List<String> classes = train.task().classes();
        boolean[] seen = new boolean[classes.size()];
        for (int label : train.labels()) {
            seen[label] = true;
        }
        List<String> absent = IntStream.range(0, seen.length)
                .filter(label -> !seen[label])
                .mapToObj(classes::get)
                .toList();
        if (!absent.isEmpty()) {
            throw labels.file()
                    .error(Wording.count(absent.size(), "class") + " with test rows but no train row: "
                            + Wording.names(absent) + "; mark some of them as train or remove them"
                            + decision.otherwise());
        }
    }

    private void requireVariation(Targets.Values train) {
        float first = train.values()[0];
        if (IntStream.range(1, train.rows()).allMatch(row -> train.values()[row] == first)) {
            throw labels.file()
                    .error("every train row has the label " + first
                            + "; regression needs labels that differ, so give more rows");
        }
    }
}
