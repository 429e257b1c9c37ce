package org.metafusion.core.representation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class FeatureUnitsTest {

    @Test
    void undoesStandardisingAndTakesConstantFeaturesForTheirMean() {
        FeatureUnits units = new FeatureUnits(new float[] {10, -1, 7}, new float[] {0.5f, 4, 0});
        float[] own = {12, -1.5f, 9, 8, 0, 7};
        float[] standardised = new float[6];
        for (int i = 0; i < 6; i++) {
            standardised[i] = (own[i] - units.mean()[i % 3]) * units.scale()[i % 3];
        }
        assertThat(units.restored(standardised)).containsExactly(12, -1.5f, 7, 8, 0, 7);
    }

    @Test
    void noneChangesNothing() {
        assertThat(FeatureUnits.none(2).restored(new float[] {1, 2, 3, 4})).containsExactly(1, 2, 3, 4);
    }

    @Test
    void everyFeatureHasAMeanAndAScale() {
        assertThatThrownBy(() -> new FeatureUnits(new float[2], new float[3]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Features have a mean and a scale each but got 2 and 3");
    }
}
