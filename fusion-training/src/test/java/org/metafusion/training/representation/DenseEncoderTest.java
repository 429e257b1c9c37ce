package org.metafusion.training.representation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.metafusion.core.FusionException;
import org.metafusion.core.representation.AffineMap;
import org.metafusion.core.representation.StandardisedRows;

final class DenseEncoderTest {

    private static final AffineMap FIRST = new AffineMap(new float[] {1, -1, 2, 0, 1, 3}, new float[] {0.5f, 0, -1});
    private static final AffineMap SECOND = new AffineMap(new float[] {1, 2, -1, 1, 0, 3}, new float[] {1, -2});
    private static final DenseEncoder ENCODER = new DenseEncoder(List.of(FIRST, SECOND), false);

    @Test
    void computesItsLayersWithReluBetween() {
        // first layer of (1, 2): 1.5, 1, 7; of (-1, 0): -0.5, 1, -3
        assertThat(ENCODER.apply(new float[] {1, 2, -1, 0}, 2)).containsExactly(1.5f, 23f, 0f, -1f);
        assertThat(ENCODER.affine()).isEmpty();
    }

    @Test
    void rowsOfUnitLengthHaveUnitScaleFeatures() {
        float[] scaled = new DenseEncoder(List.of(SECOND), true).apply(new float[] {3, 1, 1}, 1);
        // 3 - 1 + 0 + 1 = 3 and 6 + 1 + 3 - 2 = 8
        double length = Math.sqrt((9 + 64) / 2.0);
        assertThat((double) scaled[0]).isCloseTo(3 / length, within(1e-6));
        assertThat((double) scaled[1]).isCloseTo(8 / length, within(1e-6));
        assertThat(new DenseEncoder(List.of(SECOND), true).affine()).isEmpty();
        assertThat(new DenseEncoder(List.of(SECOND), false).affine()).contains(SECOND);
    }

    @Test
    void takesUpAStandardiser() {
        Standardiser standardiser = new Standardiser(new float[] {4, -1}, new float[] {0.5f, 2});
        float[] features = {7, 0.25f, -3, 8};
        float[] standardised = new float[4];
        for (int row = 0; row < 2; row++) {
            float[] one = {features[2 * row], features[2 * row + 1]};
            standardiser.apply(one, one);
            System.arraycopy(one, 0, standardised, 2 * row, 2);
        }
        float[] wanted = ENCODER.apply(standardised, 2);
        float[] got = ENCODER.after(standardiser).apply(features, 2);
        for (int i = 0; i < wanted.length; i++) {
            assertThat(got[i]).isCloseTo(wanted[i], within(1e-4f));
        }
    }

    @Test
    void standardisesItsFeatures() {
        StandardisedRows rows = StandardisedRows.complete(new float[] {1, 2, -1, 0, 0.5f, 0.5f, 3, -2, 0, 1}, 5, 2);
        float[] features = ENCODER.standardisedOn(rows).apply(rows.values(), 5);
        double variance = 0;
        for (int c = 0; c < 2; c++) {
            double mean = 0;
            for (int row = 0; row < 5; row++) {
                mean += features[row * 2 + c] / 5.0;
                variance += features[row * 2 + c] * features[row * 2 + c] / 10.0;
            }
            assertThat(mean).isCloseTo(0, within(1e-5));
        }
        assertThat(variance).isCloseTo(1, within(1e-5));
    }

    @Test
    void isStoredWithItsLayersAndChecked() {
        float[] rows = {1, 2, -1, 0.25f};
        DenseEncoder scaled = new DenseEncoder(List.of(FIRST, SECOND), true);
        assertThat(DenseEncoder.restore("sup", scaled.state()).apply(rows, 2)).isEqualTo(scaled.apply(rows, 2));
        Map<String, float[]> state = new HashMap<>(scaled.state());
        state.put("weights1", new float[4]);
        assertThatThrownBy(() -> DenseEncoder.restore("sup", state))
                .isInstanceOf(FusionException.class)
                .hasMessage("An encoder's layer 1 takes 2 inputs but the one before has 3 outputs");
        state.put("weights1", new float[5]);
        assertThatThrownBy(() -> DenseEncoder.restore("sup", state))
                .isInstanceOf(FusionException.class)
                .hasMessage("A stored 'sup' has 5 weights to 2 outputs in layer 1; store the model again");
        state.put("form", new float[] {0, 1});
        assertThatThrownBy(() -> DenseEncoder.restore("sup", state))
                .isInstanceOf(FusionException.class)
                .hasMessage("A stored 'sup' must say how many layers it has and whether rows are scaled but says"
                        + " [0.0, 1.0]; store the model again");
    }
}
