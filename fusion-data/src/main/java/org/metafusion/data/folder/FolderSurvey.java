package org.metafusion.data.folder;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import org.metafusion.core.modality.FeatureTable;
import org.metafusion.core.modality.Modality;
import org.metafusion.core.modality.MultimodalDataset;
import org.metafusion.core.modality.SplitDataset;
import org.metafusion.core.modality.Targets;
import org.metafusion.core.modality.Task;

/** Looks a data set over for its report. */
record FolderSurvey(SplitDataset dataset, LabelRows labels, LabelTask decision) {

    DataReport report() {
        List<DataReport.ModalityCount> modalities = new ArrayList<>();
        for (int m = 0; m < dataset.train().modalities().size(); m++) {
            FeatureTable train = dataset.train().samples().tables().get(m);
            FeatureTable test = dataset.test().samples().tables().get(m);
            Modality modality = train.modality();
            modalities.add(new DataReport.ModalityCount(
                    modality.name(),
                    modality.width(),
                    train.missingCount(),
                    test.missingCount(),
                    constantColumns(train)));
        }
        List<DataReport.ClassCount> classes = classes();
        return new DataReport(
                dataset.train().name(),
                dataset.train().rows(),
                dataset.test().rows(),
                modalities,
                decision.task(),
                decision.reason(),
                classes,
                notes(modalities),
                warnings(modalities, classes));
    }

    private static List<String> constantColumns(FeatureTable table) {
        int width = table.modality().width();
        BitSet constant = new BitSet();
        constant.set(0, width);
        int[] present =
                IntStream.range(0, table.rows()).filter(table::isPresent).toArray();
        float[] first = new float[width];
        float[] values = new float[width];
        for (int i = 0; i < present.length && !constant.isEmpty(); i++) {
            float[] row = i == 0 ? first : values;
            table.rowValues().copy(present[i], 1, row, 0);
            constant.stream().filter(j -> row[j] != first[j]).forEach(constant::clear);
        }
        return constant.stream().mapToObj(table.modality().features()::get).toList();
    }

    private List<DataReport.ClassCount> classes() {
        if (!(decision.task() instanceof Task.Classification classification)) {
            return List.of();
        }
        int[] train = counts(dataset.train(), classification.outputs());
        int[] test = counts(dataset.test(), classification.outputs());
        return IntStream.range(0, classification.outputs())
                .mapToObj(
                        c -> new DataReport.ClassCount(classification.classes().get(c), train[c], test[c]))
                .toList();
    }

    private static int[] counts(MultimodalDataset part, int classes) {
        int[] counts = new int[classes];
        if (part.targets() instanceof Targets.Labels targets) {
            for (int label : targets.labels()) {
                counts[label]++;
            }
        }
        return counts;
    }

    private List<String> notes(List<DataReport.ModalityCount> modalities) {
        List<String> notes = new ArrayList<>();
        if (modalities.size() == 1) {
            notes.add("there is only one modality, "
                    + Wording.quoted(modalities.get(0).name())
                    + ", so nothing is fused; add a CSV file per further modality");
        }
        String unmeasured = "; the model cannot be measured on rows it has not seen";
        if (dataset.test().rows() == 0) {
            switch (labels.split()) {
                case GIVEN -> notes.add("no row of " + labels.file().shortName() + " is test" + unmeasured);
                case ABSENT ->
                    notes.add(labels.file().shortName() + " has no column 'split', so every row is train" + unmeasured);
                case IGNORED ->
                    notes.add("the split column of " + labels.file().shortName() + " is ignored: all rows take part");
            }
        }
        return notes;
    }

    private List<String> warnings(List<DataReport.ModalityCount> modalities, List<DataReport.ClassCount> classes) {
        List<String> warnings = new ArrayList<>();
        for (DataReport.ModalityCount modality : modalities) {
            List<String> constant = modality.constantColumns();
            if (!constant.isEmpty()) {
                warnings.add("modality " + Wording.quoted(modality.name()) + " has "
                        + Wording.count(constant.size(), "column") + " with one value in all train rows: "
                        + Wording.names(constant) + "; nothing can be learned from them");
            }
        }
        List<String> single = classes.stream()
                .filter(count -> count.train() == 1)
                .map(DataReport.ClassCount::name)
                .toList();
        if (!single.isEmpty()) {
            warnings.add(Wording.count(single.size(), "class") + " with a single train row: " + Wording.names(single)
                    + "; none is left to validate on, so give more rows");
        }
        return warnings;
    }
}
