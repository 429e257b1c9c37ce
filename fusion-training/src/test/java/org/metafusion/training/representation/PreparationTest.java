package org.metafusion.training.representation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.BitSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.metafusion.core.FusionException;
import org.metafusion.core.cohort.Cohort;
import org.metafusion.core.modality.FeatureTable;
import org.metafusion.core.modality.Modality;
import org.metafusion.core.modality.MultimodalDataset;
import org.metafusion.core.modality.Samples;
import org.metafusion.core.modality.Targets;
import org.metafusion.core.modality.Task;
import org.metafusion.core.port.TrainingRows;
import org.metafusion.core.representation.Representation;
import org.metafusion.core.student.HeadSpec;
import org.metafusion.core.student.StudentSpec;

/** What is fitted on training rows, and only on those that have the modality. */
final class PreparationTest {

    private static final Modality X = Modality.of("x", 2);

    private static FeatureTable table(BitSet missing, float... values) {
        return new FeatureTable(X, values.length / 2, values, missing);
    }

    private static BitSet rows(int... rows) {
        BitSet set = new BitSet();
        for (int row : rows) {
            set.set(row);
        }
        return set;
    }

    @Test
    void missingRowsDoNotCountInMeanAndDeviation() {
        Standardiser standardiser = Standardiser.fit(table(rows(1), 1, 5, 99, 99, 3, 5));
        assertThat(standardiser.mean()).containsExactly(2f, 5f);
        float[] scaled = standardiser.apply(table(rows(0), 7, 7, 1, 5, 3, 5));
        assertThat(scaled).containsExactly(0f, 0f, -1f, 0f, 1f, 0f);
    }

    @Test
    void aConstantFeatureBecomesZeroEvenForOtherValues() {
        Standardiser standardiser = Standardiser.fit(table(new BitSet(), 1, 5, 3, 5));
        assertThat(standardiser.apply(table(new BitSet(), 2, 1000))).containsExactly(0f, 0f);
    }

    @Test
    void targetsAreStandardisedAndBackInTheirUnit() {
        Task.Regression task = new Task.Regression(List.of("a", "b"));
        Targets.Values targets = new Targets.Values(task, new float[] {1, 10, 3, 10, 5, 10});
        TargetScaling scaling = TargetScaling.fit(targets, 1);
        float[] scaled = scaling.scale(targets);
        assertThat(scaled[0]).isCloseTo((float) -Math.sqrt(1.5), within(1e-6f));
        assertThat(scaled[1]).isZero();
        double[] back = scaling.unscale(new double[] {scaled[0], scaled[1], scaled[2], scaled[3]});
        assertThat(back[0]).isCloseTo(1, within(1e-6));
        assertThat(back[1]).isEqualTo(10);
    }

    @Test
    void principalComponentsStopAtTheRank() {
        float[] line = {1, 2, 2, 4, 3, 6, 4, 8};
        assertThat(new PcaExtractor().fit(line, 4, 2, 2).width()).isEqualTo(1);
        assertThat(new PcaExtractor().fit(new float[] {1, 1, 1, 1}, 2, 2, 2).width())
                .isEqualTo(1);
    }

    @Test
    void unknownExtractorsAndModalitiesWithoutRowsAreNamed() {
        Task.Regression task = new Task.Regression(List.of("y"));
        Targets.Values targets = new Targets.Values(task, new float[] {1, 2});
        StudentSpec student =
                new StudentSpec(List.of(new Representation.Extracted("cca", 1)), "concatenation", HeadSpec.LINEAR);
        Cohort cohort = new Cohort(List.of(X), task, List.of(student));
        MultimodalDataset data = new MultimodalDataset(
                "d", new Samples(List.of("a", "b"), List.of(table(new BitSet(), 1, 2, 3, 4))), targets);
        assertThatThrownBy(() ->
                        Preparation.fit(cohort, TrainingRows.holdout(data, data), Map.of("pca", new PcaExtractor()), 1))
                .isInstanceOf(FusionException.class)
                .hasMessage("Unknown extractor 'cca'; known are [pca]");
        MultimodalDataset empty = new MultimodalDataset(
                "d", new Samples(List.of("a", "b"), List.of(table(rows(0, 1), 1, 2, 3, 4))), targets);
        assertThatThrownBy(() -> Preparation.fit(cohort, TrainingRows.holdout(empty, empty), Map.of(), 1))
                .isInstanceOf(FusionException.class)
                .hasMessage("No training row has modality 'x'; remove it or give it rows");
    }
}
