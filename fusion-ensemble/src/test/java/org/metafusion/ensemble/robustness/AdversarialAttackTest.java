package org.metafusion.ensemble.robustness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.metafusion.core.modality.FeatureTable;
import org.metafusion.core.modality.MultimodalDataset;
import org.metafusion.core.modality.Samples;
import org.metafusion.core.modality.Targets;
import org.metafusion.core.modality.Task;
import org.metafusion.ensemble.MetaFusion;
import org.metafusion.ensemble.TinyData;
import org.metafusion.ensemble.model.FusionModel;
import org.metafusion.ensemble.model.Prediction;
import org.metafusion.training.representation.Standardiser;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AdversarialAttackTest {

    private final MetaFusion fusion = TinyData.tiny()
            .options(TinyData.options(
                    Map.of("image", List.of("raw", "pca4", "enc5(7)"), "text", List.of("pca3", "raw")),
                    List.of("concatenation", "tensor"),
                    10))
            .build();
    private final MultimodalDataset rows = TinyData.of(TinyData.CLASSES, 60, true);
    private FusionModel[] models = new FusionModel[0];

    @BeforeAll
    void fit() {
        models = new FusionModel[] {fusion.fit(rows).model()};
    }

    @AfterAll
    void close() {
        models[0].close();
        fusion.close();
    }

    private static BitSet both() {
        return BitSet.valueOf(new long[] {3});
    }

    private static double loss(FusionModel model, MultimodalDataset set, int row) {
        Prediction prediction =
                model.predict(set.samples().select(new int[] {row})).get(0);
        if (set.targets() instanceof Targets.Labels labels) {
            return -Math.log(prediction.values()[labels.labels()[row]]);
        }
        double error = prediction.values()[0] - ((Targets.Values) set.targets()).values()[row];
        return error * error;
    }

    private static double meanLoss(FusionModel model, MultimodalDataset set) {
        double sum = 0;
        for (int row = 0; row < set.rows(); row++) {
            sum += loss(model, set, row) / set.rows();
        }
        return sum;
    }

    private static MultimodalDataset with(MultimodalDataset set, Samples samples) {
        return new MultimodalDataset(set.name(), samples, set.targets());
    }

    /** Through raw features, components, encoders, two operators and fold copies, for classes and values. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theGradientIsThatOfTheLossByStandardisedFeature(boolean classes) {
        Task task = classes ? TinyData.CLASSES : TinyData.VALUE;
        MultimodalDataset set = TinyData.of(task, 60, true);
        try (FusionModel model = fusion.fit(set).model()) {
            List<float[]> gradients = model.lossGradients(set);
            for (int row : new int[] {0, 1, 3, 7}) { // row 3 lacks the image, row 7 the text
                for (int m = 0; m < 2; m++) {
                    int width = set.modalities().get(m).width();
                    for (int j = 0; j < width; j++) {
                        float gradient = gradients.get(m)[row * width + j];
                        double expected = numeric(model, set, m, row * width + j);
                        assertThat((double) gradient)
                                .as("modality %d, row %d, feature %d", m, row, j)
                                .isCloseTo(expected, within(0.03 * Math.max(classes ? 0.05 : 1, Math.abs(expected))));
                    }
                }
            }
        }
    }

    /** Central differences; the step is small enough to cross few kinks of ReLU, and large for float32. */
    private static double numeric(FusionModel model, MultimodalDataset set, int modality, int element) {
        double step = 2e-3;
        FeatureTable table = set.samples().tables().get(modality);
        int width = table.modality().width();
        if (!table.isPresent(element / width)) {
            return 0;
        }
        Standardiser standardiser =
                model.content().preparation().standardisers().get(modality);
        double[] losses = new double[2];
        double[] at = new double[2];
        for (int side = 0; side < 2; side++) {
            float[] values = table.values().clone();
            values[element] += (float) ((2 * side - 1) * step / standardiser.scale()[element % width]);
            at[side] = values[element] * standardiser.scale()[element % width];
            List<FeatureTable> tables = new java.util.ArrayList<>(set.samples().tables());
            tables.set(modality, table.withValues(values));
            losses[side] = loss(model, with(set, new Samples(set.samples().ids(), tables)), element / width);
        }
        return (losses[1] - losses[0]) / (at[1] - at[0]);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.05, 0.3})
    void theChangeStaysWithinTheLevel(double level) {
        for (AdversarialAttack attack : List.of(AdversarialAttack.fgsm(models[0]), AdversarialAttack.pgd(models[0]))) {
            Samples attacked = attack.disturbed(rows, both(), level, 3);
            for (int m = 0; m < 2; m++) {
                Standardiser standardiser =
                        models[0].content().preparation().standardisers().get(m);
                float[] before = standardiser.apply(rows.samples().tables().get(m));
                float[] after = standardiser.apply(attacked.tables().get(m));
                for (int i = 0; i < before.length; i++) {
                    assertThat(Math.abs(after[i] - before[i])).isLessThanOrEqualTo((float) level + 1e-4f);
                }
                assertThat(attacked.tables().get(m).missing())
                        .isEqualTo(rows.samples().tables().get(m).missing());
            }
        }
    }

    @Test
    void anAttackRaisesTheLossMoreThanChanceAndSeveralStepsMoreThanOne() {
        double clean = meanLoss(models[0], rows);
        double fgsm =
                meanLoss(models[0], with(rows, AdversarialAttack.fgsm(models[0]).disturbed(rows, both(), 0.3, 3)));
        double pgd =
                meanLoss(models[0], with(rows, AdversarialAttack.pgd(models[0]).disturbed(rows, both(), 0.3, 3)));
        assertThat(fgsm).isGreaterThan(1.2 * clean);
        assertThat(pgd).isGreaterThan(0.97 * fgsm);
        SplittableRandom random = new SplittableRandom(1);
        List<FeatureTable> tables = new java.util.ArrayList<>();
        for (int m = 0; m < 2; m++) {
            FeatureTable table = rows.samples().tables().get(m);
            Standardiser standardiser =
                    models[0].content().preparation().standardisers().get(m);
            float[] values = table.values().clone();
            for (int i = 0; i < values.length; i++) {
                values[i] +=
                        (random.nextBoolean() ? 0.3f : -0.3f) / standardiser.scale()[i % standardiser.scale().length];
            }
            tables.add(table.withValues(values));
        }
        double chance =
                meanLoss(models[0], with(rows, new Samples(rows.samples().ids(), tables)));
        assertThat(fgsm - clean).isGreaterThan(2 * Math.abs(chance - clean));
    }

    @Test
    void onlyTheNamedModalityIsAttacked() {
        Samples attacked = AdversarialAttack.pgd(models[0]).disturbed(rows, BitSet.valueOf(new long[] {2}), 0.2, 3);
        assertThat(attacked.tables().get(0)).isSameAs(rows.samples().tables().get(0));
        assertThat(attacked.tables().get(1).values())
                .isNotEqualTo(rows.samples().tables().get(1).values());
    }
}
