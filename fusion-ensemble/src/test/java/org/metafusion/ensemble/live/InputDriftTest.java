package org.metafusion.ensemble.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.metafusion.core.modality.Modality;
import org.metafusion.core.modality.Sample;
import org.metafusion.training.representation.Preparation;
import org.metafusion.training.representation.Standardiser;
import org.metafusion.training.representation.TargetScaling;

final class InputDriftTest {

    private static final int WIDTH = 20;

    private final Random random = new Random(9);
    private final InputDrift drift = new InputDrift(
            List.of(Modality.of("x", WIDTH), Modality.of("z", WIDTH)),
            new Preparation(
                    List.of(standardiser(5, 2), standardiser(0, 1)),
                    new TreeMap<>(),
                    new TargetScaling(new double[0], new double[0])));

    private static Standardiser standardiser(float mean, float deviation) {
        float[] means = new float[WIDTH];
        float[] scales = new float[WIDTH];
        java.util.Arrays.fill(means, mean);
        java.util.Arrays.fill(scales, 1 / deviation);
        return new Standardiser(means, scales);
    }

    private float[] features(double mean, double deviation) {
        float[] features = new float[WIDTH];
        for (int j = 0; j < WIDTH; j++) {
            features[j] = (float) (mean + deviation * random.nextGaussian());
        }
        return features;
    }

    @Test
    void inputsLikeTheTrainingRowsDoNotDrift() {
        for (int i = 0; i < 4000; i++) {
            drift.seen(Sample.of("x", features(5, 2)));
        }
        assertThat(drift.of(0)).isLessThan(0.04);
        assertThat(drift.of(1)).isNaN();
    }

    @Test
    void aShiftIsSaidInTrainingDeviationsWhereItIs() {
        for (int i = 0; i < 8000; i++) {
            drift.seen(Sample.of("x", features(5 + 3, 2)).and("z", features(0, 1)));
        }
        assertThat(drift.of(0)).isCloseTo(1.5, within(0.05));
        assertThat(drift.of(1)).isLessThan(0.04);
    }

    @Test
    void aFeatureThatOverflowsIsNotCounted() {
        InputDrift watched = new InputDrift(
                List.of(Modality.of("x", WIDTH)),
                new Preparation(
                        List.of(standardiser(0, 0.1f)),
                        new TreeMap<>(),
                        new TargetScaling(new double[0], new double[0])));
        for (int i = 0; i < 4000; i++) {
            float[] features = features(0, 0.1);
            features[0] = i % 8 == 0 ? Float.MAX_VALUE : features[0];
            watched.seen(Sample.of("x", features));
        }
        assertThat(watched.of(0)).isLessThan(0.04);
    }

    @Test
    void whatIsLongAgoIsForgotten() {
        for (int i = 0; i < 4000; i++) {
            drift.seen(Sample.of("z", features(2, 1)));
        }
        for (int i = 0; i < 12_000; i++) {
            drift.seen(Sample.of("z", features(0, 1)));
        }
        assertThat(drift.of(1)).isLessThan(0.04);
    }
}
