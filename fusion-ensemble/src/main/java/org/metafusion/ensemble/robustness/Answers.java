package org.metafusion.ensemble.robustness;

import java.util.ArrayList;
import java.util.List;
import org.metafusion.core.modality.FeatureTable;
import org.metafusion.core.modality.Samples;
import org.metafusion.ensemble.model.FusionModel;
import org.metafusion.ensemble.model.Prediction;

/** Who answers rows: class probabilities or values {@code [n, k]}, row-major. */
interface Answers {

    double[] of(Samples rows);

    /** The model's committees. */
    static Answers committee(FusionModel model) {
        return rows -> model.predict(rows).stream()
                .flatMapToDouble(p -> java.util.Arrays.stream(p.values()))
                .toArray();
    }

    /**
     * Late fusion by the same model: the mean of what its committees of single modalities say, over those modalities a row
     * has.
     */
    static Answers late(FusionModel model) {
        return rows -> {
            int width = model.task().outputs();
            double[] sum = new double[rows.rows() * width];
            int[] voices = new int[rows.rows()];
            for (int m = 0; m < rows.tables().size(); m++) {
                addAlone(model, rows, m, sum, voices);
            }
            for (int i = 0; i < sum.length; i++) {
                sum[i] /= voices[i / width];
            }
            return sum;
        };
    }

    private static void addAlone(FusionModel model, Samples rows, int modality, double[] sum, int[] voices) {
        FeatureTable table = rows.tables().get(modality);
        int[] present = java.util.stream.IntStream.range(0, rows.rows())
                .filter(table::isPresent)
                .toArray();
        if (present.length == 0) {
            return;
        }
        List<FeatureTable> alone = new ArrayList<>();
        for (int m = 0; m < rows.tables().size(); m++) {
            alone.add(m == modality ? table : rows.tables().get(m).withoutValues());
        }
        List<Prediction> predictions = model.predict(new Samples(rows.ids(), alone).select(present));
        int width = model.task().outputs();
        for (int i = 0; i < present.length; i++) {
            voices[present[i]]++;
            for (int c = 0; c < width; c++) {
                sum[present[i] * width + c] += predictions.get(i).values()[c];
            }
        }
    }
}
