package org.metafusion.onnx.export;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.metafusion.core.modality.FeatureTable;
import org.metafusion.core.modality.Modality;
import org.metafusion.core.modality.Samples;
import org.metafusion.ensemble.model.ModelContent;
import org.metafusion.training.representation.Standardiser;

/** Rows drawn from normal distributions with each feature's mean and standard deviation in training. */
record RandomRows(ModelContent content, long seed) {

    /** Rows that have the modalities of the mask. */
    Samples of(BitSet mask, int rows) {
        SplittableRandom random = new SplittableRandom(seed);
        List<FeatureTable> tables = new ArrayList<>();
        mask.stream().forEach(m -> {
            Modality modality = content.cohort().modalities().get(m);
            Standardiser standardiser = content.preparation().standardisers().get(m);
            tables.add(FeatureTable.complete(modality, rows, values(standardiser, rows, random)));
        });
        return new Samples(
                IntStream.range(0, rows).mapToObj(row -> "random" + row).toList(), tables);
    }

    private static float[] values(Standardiser standardiser, int rows, SplittableRandom random) {
        int width = standardiser.mean().length;
        float[] values = new float[rows * width];
        for (int i = 0; i < values.length; i++) {
            float scale = standardiser.scale()[i % width];
            double deviation = scale == 0 ? 0 : 1 / scale;
            values[i] = (float) (standardiser.mean()[i % width] + random.nextGaussian() * deviation);
        }
        return values;
    }
}
