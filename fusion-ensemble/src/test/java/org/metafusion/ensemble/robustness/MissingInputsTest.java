package org.metafusion.ensemble.robustness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.metafusion.core.modality.FeatureTable;
import org.metafusion.core.modality.Modality;
import org.metafusion.core.modality.MultimodalDataset;
import org.metafusion.core.modality.Samples;
import org.metafusion.ensemble.MetaFusion;
import org.metafusion.ensemble.TinyData;
import org.metafusion.ensemble.model.FusionModel;
import org.metafusion.ensemble.robustness.MissingStress.Point;
import org.metafusion.training.representation.Standardiser;

class MissingInputsTest {

    private static final MultimodalDataset COMPLETE = TinyData.of(TinyData.CLASSES, 200, false);

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.2, 0.4, 0.6, 1})
    void theShareOfRowsLacksTheModality(double share) {
        Samples without = new MissingInputs(COMPLETE.samples(), 3).without(1, share);
        assertThat(without.tables().get(1).missingCount()).isEqualTo((int) Math.round(200 * share));
        assertThat(without.tables().get(0).missingCount()).isZero();
        assertThat(MissingInputs.share(without)).isCloseTo(share / 2, within(1e-9));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.2, 0.6, 1})
    void everyRowKeepsAModality(double share) {
        Samples without = new MissingInputs(COMPLETE.samples(), 3).withoutAny(share);
        assertThat(IntStream.range(0, 200))
                .allMatch(row -> !without.available(row).isEmpty());
        assertThat(MissingInputs.share(without)).isLessThanOrEqualTo(share);
    }

    @Test
    void whatIsMissingAtASmallerShareIsMissingAtALarger() {
        MissingInputs inputs = new MissingInputs(COMPLETE.samples(), 3);
        BitSet few = inputs.without(0, 0.2).tables().get(0).missing();
        BitSet many = inputs.without(0, 0.6).tables().get(0).missing();
        few.andNot(many);
        assertThat(few.isEmpty()).isTrue();
    }

    @Test
    void aRowWithNoOtherModalityKeepsIt() {
        MultimodalDataset some = TinyData.of(TinyData.CLASSES, 80, true);
        Samples without = new MissingInputs(some.samples(), 1).without(0, 1);
        for (int row = 0; row < 80; row++) {
            BitSet had = some.samples().available(row);
            BitSet expected = had.cardinality() == 1 ? had : BitSet.valueOf(new long[] {2});
            assertThat(without.available(row)).isEqualTo(expected);
        }
    }

    @Test
    void meanFillingIsZeroAfterStandardisationAndLeavesTheRest() {
        List<Standardiser> standardisers =
                COMPLETE.samples().tables().stream().map(Standardiser::fit).toList();
        Samples without = new MissingInputs(COMPLETE.samples(), 3).without(1, 0.5);
        Samples filled = new MeanFilling(standardisers).fill(without);
        assertThat(filled.tables()).allMatch(table -> table.missingCount() == 0);
        assertThat(standardisers.get(1).apply(filled.tables().get(1)))
                .isEqualTo(standardisers.get(1).apply(without.tables().get(1)));
    }

    /** Modality b is ten times a, so what neighbours in a have of b is near to what is missing. */
    @Test
    void neighbourFillingFindsWhatAnotherModalityTells() {
        float[] a = new float[400];
        float[] b = new float[400];
        for (int row = 0; row < 400; row++) {
            a[row] = row;
            b[row] = 10 * row;
        }
        List<String> ids = IntStream.range(0, 400).mapToObj(Integer::toString).toList();
        Samples rows = new Samples(
                ids,
                List.of(
                        FeatureTable.complete(Modality.of("a", 1), 400, a),
                        FeatureTable.complete(Modality.of("b", 1), 400, b)));
        List<Standardiser> standardisers =
                rows.tables().stream().map(Standardiser::fit).toList();
        Samples filled = new NeighbourFilling(rows, standardisers).fill(new MissingInputs(rows, 3).without(1, 0.5));
        for (int row = 5; row < 395; row++) {
            assertThat(filled.tables().get(1).values()[row]).isCloseTo(10f * row, within(10f));
        }
    }

    @Test
    void withNothingMissingEverybodyAnswersAlike() {
        try (MetaFusion fusion = TinyData.tiny().build();
                FusionModel model = fusion.fit(COMPLETE).model()) {
            List<Standardiser> standardisers = model.content().preparation().standardisers();
            List<Point> points = new MissingStress(List.of(0.0, 0.5), 2)
                    .measure(model, COMPLETE, List.of(new MeanFilling(standardisers)), 7);
            assertThat(points).hasSize(2 * 3 * 2);
            assertThat(points.stream()
                            .filter(point -> point.share() == 0)
                            .mapToDouble(Point::score)
                            .distinct())
                    .hasSize(1);
            assertThat(points)
                    .filteredOn(point -> point.modality().equals("text") && point.share() == 0.5)
                    .allMatch(point -> point.missing() == 0.25);
        }
    }
}
