package org.metafusion.ensemble.committee;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.metafusion.core.modality.Targets;
import org.metafusion.core.modality.Task;

class TemperatureTest {

    private static final Task.Classification TASK = new Task.Classification(List.of("a", "b", "c"));

    /** One student whose logits are those the labels are drawn from, times {@code factor}. */
    private static ValidationOutputs drawn(int rows, double factor, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] logits = new float[rows * 3];
        int[] labels = new int[rows];
        for (int row = 0; row < rows; row++) {
            double[] p = new double[3];
            double sum = 0;
            for (int c = 0; c < 3; c++) {
                double logit = 4 * random.nextDouble() - 2;
                logits[3 * row + c] = (float) (factor * logit);
                p[c] = Math.exp(logit);
                sum += p[c];
            }
            double at = random.nextDouble() * sum;
            labels[row] = at < p[0] ? 0 : at < p[0] + p[1] ? 1 : 2;
        }
        return ValidationOutputs.of(new float[][] {logits}, new Targets.Labels(TASK, labels));
    }

    private static Committee single(ValidationOutputs validation) {
        return CombinationRule.BEST_SINGLE.selection(SelectionOptions.DEFAULT).select(validation);
    }

    private static double loss(ValidationOutputs validation, Committee committee) {
        double[] logits = committee.combine(List.of(validation.outputs()[0]), TASK);
        RowLoss loss = RowLoss.of(validation.targets());
        double sum = 0;
        for (int row = 0; row < validation.rows(); row++) {
            sum += loss.at(row, new double[] {logits[3 * row], logits[3 * row + 1], logits[3 * row + 2]});
        }
        return sum / validation.rows();
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.5, 1, 2, 3})
    void logitsThatAreTooLargeByAFactorGetThatTemperature(double factor) {
        ValidationOutputs validation = drawn(20_000, factor, 1);
        Committee calibrated = Temperature.calibrate(single(validation), validation);
        assertThat(calibrated.temperature()).isCloseTo(factor, within(0.05 * factor));
    }

    @ParameterizedTest
    @ValueSource(ints = {20, 30, 50, 200, 1000})
    void theValidationLossIsNeverRaisedNorTheClassChanged(int rows) {
        for (long seed = 0; seed < 20; seed++) {
            ValidationOutputs validation = drawn(rows, 0.3 + 0.2 * seed, seed);
            Committee plain = single(validation);
            Committee calibrated = Temperature.calibrate(plain, validation);
            assertThat(loss(validation, calibrated)).isLessThanOrEqualTo(loss(validation, plain) + 1e-12);
            assertThat(calibrated.temperature()).isBetween(0.25, 4.0);
            assertThat(mostLikely(calibrated, validation)).isEqualTo(mostLikely(plain, validation));
        }
    }

    private static int[] mostLikely(Committee committee, ValidationOutputs validation) {
        double[] logits = committee.combine(List.of(validation.outputs()[0]), TASK);
        int[] most = new int[validation.rows()];
        for (int row = 0; row < most.length; row++) {
            for (int c = 1; c < 3; c++) {
                most[row] = logits[3 * row + c] > logits[3 * row + most[row]] ? c : most[row];
            }
        }
        return most;
    }

    /** Forty rows of logits that are right as they are: what chance makes of them must not be followed. */
    @Test
    void whatRowsDoNotMakeSureIsNotFollowed() {
        int unchanged = 0;
        for (long seed = 0; seed < 50; seed++) {
            ValidationOutputs validation = drawn(40, 1, seed);
            unchanged += Temperature.calibrate(single(validation), validation).temperature() == 1 ? 1 : 0;
        }
        assertThat(unchanged).isGreaterThan(25);
    }

    @Test
    void fewRowsChangeNothing() {
        ValidationOutputs validation = drawn(19, 3, 1);
        assertThat(Temperature.calibrate(single(validation), validation).temperature())
                .isEqualTo(1);
    }

    /** Without the prior the temperature would go to its limit. */
    @Test
    void rowsThatAreAllRightDoNotMakeProbabilitiesCertain() {
        float[] logits = new float[3 * 30];
        int[] labels = new int[30];
        for (int row = 0; row < 30; row++) {
            labels[row] = row % 3;
            logits[3 * row + row % 3] = 3;
        }
        ValidationOutputs validation = ValidationOutputs.of(new float[][] {logits}, new Targets.Labels(TASK, labels));
        assertThat(Temperature.calibrate(single(validation), validation).temperature())
                .isBetween(0.4, 0.9);
    }

    @Test
    void valuesAreNotCalibrated() {
        Targets targets = new Targets.Values(new Task.Regression(List.of("y")), new float[40]);
        ValidationOutputs validation = ValidationOutputs.of(new float[][] {new float[40]}, targets);
        assertThat(Temperature.calibrate(single(validation), validation).temperature())
                .isEqualTo(1);
    }

    @Test
    void oneRowAndManyAreDividedAlike() {
        ValidationOutputs validation = drawn(30, 1, 5);
        Committee committee = single(validation).at(2.5);
        float[] outputs = validation.outputs()[0];
        double[] row = new double[3];
        committee.combineRow(new float[][] {{outputs[0], outputs[1], outputs[2]}}, TASK, row);
        assertThat(committee.combine(List.of(outputs), TASK)).startsWith(row);
        assertThat(row[0]).isEqualTo(outputs[0] / 2.5);
    }

    @Test
    void aTemperatureIsPositive() {
        ValidationOutputs validation = drawn(30, 1, 5);
        assertThatThrownBy(() -> single(validation).at(0))
                .hasMessage("A committee's temperature must be positive but is 0.0");
    }
}
