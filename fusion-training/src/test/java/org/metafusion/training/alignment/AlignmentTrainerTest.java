package org.metafusion.training.alignment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.metafusion.core.FusionException;
import org.metafusion.core.modality.FeatureTable;
import org.metafusion.core.modality.Modality;
import org.metafusion.core.modality.MultimodalDataset;
import org.metafusion.core.modality.Samples;
import org.metafusion.core.modality.Targets;
import org.metafusion.core.modality.Task;
import org.metafusion.core.tensor.BackendConfig;
import org.metafusion.core.tensor.TensorBackend;
import org.metafusion.cpu.CpuBackend;

/** Modalities that are views of the same latent variables, aligned. */
final class AlignmentTrainerTest {

    private static final int LATENT = 5;
    private static final int TRAIN = 300;
    private static final int TEST = 100;

    private final TensorBackend backend = new CpuBackend(new BackendConfig(2));
    private final AlignmentTrainer trainer = new AlignmentTrainer(backend);

    @AfterEach
    void close() {
        backend.close();
    }

    /** The first modality shows the latent variables linearly, the others their tanh, all mixed and with noise. */
    private static MultimodalDataset paired(int modalities, boolean missing) {
        Random random = new Random(8);
        int rows = TRAIN + TEST;
        double[] latent = random.doubles((long) rows * LATENT, -1.5, 1.5).toArray();
        List<FeatureTable> tables = new ArrayList<>();
        for (int m = 0; m < modalities; m++) {
            int width = 12 + 4 * m;
            double[] mixing = random.doubles((long) LATENT * width, -1, 1).toArray();
            float[] values = new float[rows * width];
            for (int i = 0; i < values.length; i++) {
                double value = 0.1 * random.nextGaussian();
                for (int l = 0; l < LATENT; l++) {
                    double z = latent[i / width * LATENT + l];
                    value += (m == 0 ? z : Math.tanh(z)) * mixing[l * width + i % width];
                }
                values[i] = (float) value;
            }
            BitSet lacking = new BitSet();
            for (int row = m; missing && row < TRAIN; row += 9) {
                lacking.set(row);
            }
            tables.add(new FeatureTable(Modality.of("m" + m, width), rows, values, lacking));
        }
        List<String> ids = IntStream.range(0, rows).mapToObj(row -> "r" + row).toList();
        return new MultimodalDataset(
                "paired",
                new Samples(ids, tables),
                new Targets.Values(new Task.Regression(List.of("y")), new float[rows]));
    }

    private static MultimodalDataset train(MultimodalDataset all) {
        return all.select(IntStream.range(0, TRAIN).toArray());
    }

    private static Samples test(MultimodalDataset all) {
        return all.samples().select(IntStream.range(TRAIN, TRAIN + TEST).toArray());
    }

    /** The same rows, but each of the last modality's now stands beside another row of the first's. */
    private static MultimodalDataset mixedUp(MultimodalDataset data) {
        List<FeatureTable> tables = new ArrayList<>(data.samples().tables());
        int last = tables.size() - 1;
        int n = data.rows();
        tables.set(
                last,
                tables.get(last)
                        .select(IntStream.range(0, n).map(i -> (7 * i + 3) % n).toArray()));
        return new MultimodalDataset("mixed up", new Samples(data.samples().ids(), tables), data.targets());
    }

    private static double recall(Retrieval retrieval, int k) {
        return Objects.requireNonNull(retrieval.recall().get(k));
    }

    private static AlignmentOptions options() {
        return new AlignmentOptions(8, List.of(32), 60, 64, 5e-3f, 1e-3f, 0f, 60, 3);
    }

    @Test
    void rowsFindThemselvesInTheOtherModalityFarAboveChance() {
        MultimodalDataset data = paired(2, false);
        List<Retrieval> found = trainer.fit(train(data), options()).retrieval(test(data));
        assertThat(found).extracting(Retrieval::from).containsExactly("m0", "m1");
        assertThat(found).extracting(Retrieval::to).containsExactly("m1", "m0");
        for (Retrieval retrieval : found) {
            assertThat(retrieval.rows()).isEqualTo(TEST);
            assertThat(recall(retrieval, 1)).isGreaterThan(0.5);
            assertThat(recall(retrieval, 10)).isGreaterThan(0.9);
            assertThat(retrieval.medianRank()).isLessThanOrEqualTo(2);
        }
    }

    @Test
    void pairsThatDoNotBelongTogetherTeachNothing() {
        MultimodalDataset data = paired(2, false);
        AlignedEncoders mixed = trainer.fit(mixedUp(train(data)), options());
        for (Retrieval retrieval : mixed.retrieval(test(data))) {
            assertThat(recall(retrieval, 10)).isLessThan(0.25);
            assertThat(retrieval.medianRank()).isBetween(30.0, 70.0);
        }
    }

    @Test
    void threeModalitiesAreAlignedEachWithEachAlsoWhereRowsLackOne() {
        MultimodalDataset data = paired(3, true);
        List<Retrieval> found = trainer.fit(train(data), options()).retrieval(test(data));
        assertThat(found).hasSize(6);
        for (Retrieval retrieval : found) {
            assertThat(recall(retrieval, 10)).isGreaterThan(0.8);
        }
    }

    @Test
    void linearEncodersAndCanonicalCorrelationsFindLinearViews() {
        MultimodalDataset data = paired(2, false);
        AlignedEncoders linear = trainer.fit(train(data), options().withHidden(List.of()));
        AlignedEncoders canonical = trainer.canonical(train(data), 5);
        for (AlignedEncoders aligned : List.of(linear, canonical)) {
            for (Retrieval retrieval : aligned.retrieval(test(data))) {
                assertThat(recall(retrieval, 10)).isGreaterThan(0.8);
            }
        }
    }

    @Test
    void principalComponentsAreNotAligned() {
        MultimodalDataset data = paired(2, false);
        List<Retrieval> unaligned = trainer.unaligned(train(data), 5).retrieval(test(data));
        List<Retrieval> canonical = trainer.canonical(train(data), 5).retrieval(test(data));
        for (int i = 0; i < 2; i++) {
            assertThat(recall(unaligned.get(i), 1)).isLessThan(recall(canonical.get(i), 1) / 2);
        }
        assertThatThrownBy(() -> trainer.unaligned(train(data), 14))
                .isInstanceOf(FusionException.class)
                .hasMessage(
                        "Modality 'm0' has 12 principal components but 14 are asked for; ask for no more than it has");
    }

    @Test
    void theSameSeedGivesTheSameEncoders() {
        MultimodalDataset data = paired(2, true);
        AlignmentOptions few = options().withEpochs(3);
        FeatureTable table = test(data).tables().get(1);
        float[] embeddings = trainer.fit(train(data), few).embed(table);
        assertThat(trainer.fit(train(data), few).embed(table)).isEqualTo(embeddings);
        double square = 0;
        for (int k = 0; k < 8; k++) {
            square += (double) embeddings[k] * embeddings[k];
        }
        assertThat(square).isCloseTo(8, within(1e-4));
    }

    @Test
    void rowsToStopByAreDrawnByGroups() {
        MultimodalDataset data = train(paired(2, false));
        AlignmentOptions few = options().withEpochs(3);
        float[] alone = trainer.fit(data, few).encoder(0).apply(new float[12], 1);
        assertThat(trainer.fit(data.withGroups(groups(data, 1)), few).encoder(0).apply(new float[12], 1))
                .isEqualTo(alone);
        assertThat(trainer.fit(data.withGroups(groups(data, 30)), few)
                        .encoder(0)
                        .apply(new float[12], 1))
                .isNotEqualTo(alone);
    }

    private static List<String> groups(MultimodalDataset data, int size) {
        return IntStream.range(0, data.rows()).mapToObj(row -> "g" + row / size).toList();
    }

    @Test
    void whereNoTwoRowsHeldOutHaveTheSameModalitiesItTrainsToTheEnd() {
        MultimodalDataset data = paired(3, false).select(new int[] {0, 1, 2, 3, 4, 5});
        List<FeatureTable> tables = new ArrayList<>();
        for (int m = 0; m < 3; m++) {
            FeatureTable table = data.samples().tables().get(m);
            BitSet lacking = new BitSet();
            for (int row = m; row < 6; row += 3) {
                lacking.set(row);
            }
            tables.add(new FeatureTable(table.modality(), 6, table.values(), lacking));
        }
        MultimodalDataset sparse =
                new MultimodalDataset("sparse", new Samples(data.samples().ids(), tables), data.targets());
        FeatureTable first = data.samples().tables().get(0);
        int learned = 0;
        for (long seed = 0; seed < 8; seed++) {
            AlignmentOptions one = new AlignmentOptions(4, List.of(), 1, 4, 1e-2f, 0f, 0f, 1, seed);
            float[] early = trainer.fit(sparse, one).embed(first);
            float[] late = trainer.fit(sparse, one.withEpochs(30)).embed(first);
            learned += java.util.Arrays.equals(early, late) ? 0 : 1;
        }
        // the two rows held out have the same modalities one time in five
        assertThat(learned).isGreaterThanOrEqualTo(5);
    }

    @Test
    void aTrainingThatDivergesIsSaid() {
        AlignmentOptions wild = new AlignmentOptions(4, List.of(8, 8), 50, 64, 1e30f, 0f, 0f, 50, 1);
        assertThatThrownBy(() -> trainer.fit(train(paired(2, false)), wild))
                .isInstanceOf(FusionException.class)
                .hasMessageMatching(
                        "Contrastive alignment diverged in epoch [0-9]+: the loss is NaN; lower the learning"
                                + " rate \\(1.0E30\\)");
    }

    @Test
    void whatCannotBeAlignedIsSaid() {
        assertThatThrownBy(() -> trainer.fit(train(paired(1, false)), options()))
                .isInstanceOf(FusionException.class)
                .hasMessage("Contrastive alignment needs two modalities or more but the data have 1");
        assertThatThrownBy(() -> trainer.fit(paired(2, false).select(new int[] {0, 1, 2}), options()))
                .isInstanceOf(FusionException.class)
                .hasMessage("Contrastive alignment needs 4 rows or more that have two modalities but there are 3");
        assertThatThrownBy(() -> AlignmentOptions.of(0, 1))
                .isInstanceOf(FusionException.class)
                .hasMessage("Alignment option 'width' must be 1 or more but is 0");
        AlignedEncoders aligned = trainer.fit(train(paired(2, false)), options().withEpochs(1));
        assertThatThrownBy(() -> aligned.embed(FeatureTable.complete(Modality.of("sound", 2), 1, new float[2])))
                .isInstanceOf(FusionException.class)
                .hasMessage("No encoder for modality 'sound'; there are encoders for [m0, m1]");
        assertThatThrownBy(() -> aligned.embed(FeatureTable.complete(Modality.of("m1", 2), 1, new float[2])))
                .isInstanceOf(FusionException.class)
                .hasMessage("The encoder of modality 'm1' takes the 16 features it was trained on but got 2 others;"
                        + " give the same columns in the same order");
    }
}
