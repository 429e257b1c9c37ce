package org.metafusion.ensemble.strategy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.metafusion.training.representation.TargetScaling;

final class StrategiesTest {

    @Test
    void eachTargetCountsInUnitsOfItsOwnDeviation() {
        TargetScaling scaling = new TargetScaling(new double[] {0, 5000}, new double[] {1, 1000});
        double[] predicted = {1.5, 5500, -0.5, 4500};
        float[] values = {1, 5000, 0, 5000};
        assertThat(Strategies.scaledError(predicted, values, scaling)).isCloseTo(0.25, within(1e-12));
    }
}
