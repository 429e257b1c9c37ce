package org.metafusion.ensemble.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.metafusion.core.modality.FeatureTable;
import org.metafusion.core.modality.Modality;
import org.metafusion.core.modality.MultimodalDataset;
import org.metafusion.core.modality.Sample;
import org.metafusion.core.modality.Samples;
import org.metafusion.ensemble.MetaFusion;
import org.metafusion.ensemble.TinyData;

/** With seven modalities not every set of them has a committee of its own; every set is predicted all the same. */
class UnseenCombinationsTest {

    private static final int MODALITIES = 7;

    /** The fourteen features of the tiny data, two to a modality. */
    private static MultimodalDataset rows() {
        MultimodalDataset tiny = TinyData.of(TinyData.CLASSES, 60, false);
        List<FeatureTable> tables = new ArrayList<>();
        for (int m = 0; m < MODALITIES; m++) {
            FeatureTable from = tiny.samples().tables().get(m < 4 ? 0 : 1);
            int width = from.modality().width();
            int column = m < 4 ? 2 * m : 2 * (m - 4);
            float[] values = new float[2 * 60];
            for (int row = 0; row < 60; row++) {
                System.arraycopy(from.values(), row * width + column, values, 2 * row, 2);
            }
            tables.add(FeatureTable.complete(Modality.of("m" + m, 2), 60, values));
        }
        return new MultimodalDataset("seven", new Samples(tiny.samples().ids(), tables), tiny.targets());
    }

    @Test
    void everySetOfSevenModalitiesIsPredictedAloneAsInABatch() {
        MultimodalDataset rows = rows();
        Map<String, List<String>> raw = new LinkedHashMap<>();
        rows.modalities().forEach(m -> raw.put(m.name(), List.of("raw")));
        try (MetaFusion fusion = TinyData.tiny()
                        .options(TinyData.options(raw, List.of("concatenation"), 2))
                        .build();
                FusionModel model = fusion.fit(rows).model()) {
            assertThat(model.content().committees().all()).hasSizeLessThan((1 << MODALITIES) - 1);
            for (int bits = 1; bits < 1 << MODALITIES; bits++) {
                Prediction alone = model.predict(sample(rows, bits));
                Prediction batched = model.predict(samples(rows, bits)).get(0);
                assertThat(Arrays.stream(alone.values()).sum()).isCloseTo(1, within(1e-9));
                assertThat(alone.modalities()).hasSize(Integer.bitCount(bits)).isEqualTo(batched.modalities());
                assertThat(alone.values()).containsExactly(batched.values(), within(1e-5));
            }
        }
    }

    private static Sample sample(MultimodalDataset rows, int bits) {
        Map<String, float[]> features = new LinkedHashMap<>();
        IntStream.range(0, MODALITIES)
                .filter(m -> (bits >> m & 1) == 1)
                .forEach(m -> features.put(
                        "m" + m, Arrays.copyOf(rows.samples().tables().get(m).values(), 2)));
        return new Sample(features);
    }

    private static Samples samples(MultimodalDataset rows, int bits) {
        List<FeatureTable> there = IntStream.range(0, MODALITIES)
                .filter(m -> (bits >> m & 1) == 1)
                .mapToObj(rows.samples().tables()::get)
                .toList();
        return new Samples(rows.samples().ids(), there);
    }
}
