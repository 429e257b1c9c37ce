package org.metafusion.data.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.metafusion.core.FusionException;
import org.metafusion.core.modality.FeatureTable;
import org.metafusion.core.modality.MultimodalDataset;
import org.metafusion.core.modality.SplitDataset;
import org.metafusion.core.modality.Targets;

final class MetaFusionSimulationTest {

    static List<MetaFusionSimulation> all() {
        return MetaFusionSimulation.all();
    }

    @ParameterizedTest
    @CsvSource({"1.1,500,400", "1.2,2000,100", "1.3,2000,100", "2.1,500,400", "2.2,2000,400", "2.3,2000,400"})
    void hasThePapersSizes(String name, int x, int z) {
        SplitDataset data = MetaFusionSimulation.named(name).generate(1);

        assertThat(data.train().rows()).isEqualTo(1280 + 320);
        assertThat(data.test().rows()).isEqualTo(400);
        assertThat(data.train().modalities().get(0).width()).isEqualTo(x);
        assertThat(data.train().modalities().get(1).width()).isEqualTo(z);
        assertThat(data.train().samples().ids())
                .doesNotContainAnyElementsOf(data.test().samples().ids());
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.1", "2.1", "demo"})
    void isTheSameForTheSameSeedAndAnotherForAnother(String name) {
        MetaFusionSimulation simulation = MetaFusionSimulation.named(name);
        float[] first = simulation.generate(7).test().samples().tables().get(1).values();
        float[] again = simulation.generate(7).test().samples().tables().get(1).values();
        float[] other = simulation.generate(8).test().samples().tables().get(1).values();

        assertThat(Arrays.equals(first, again)).isTrue();
        assertThat(Arrays.equals(first, other)).isFalse();
    }

    @Test
    void moreNoiseInTheFirstModalityChangesNothingElse() {
        MetaFusionSimulation simulation = MetaFusionSimulation.named("demo");
        MultimodalDataset plain = simulation.generate(7).test();
        MultimodalDataset noisier = simulation.withExtraNoise(0.5).generate(7).test();

        assertThat(noisier.samples().tables().get(0).values())
                .isNotEqualTo(plain.samples().tables().get(0).values());
        assertThat(noisier.samples().tables().get(1).values())
                .isEqualTo(plain.samples().tables().get(1).values());
        assertThat(((Targets.Labels) noisier.targets()).labels())
                .isEqualTo(((Targets.Labels) plain.targets()).labels());
        assertThatThrownBy(() -> simulation.withExtraNoise(0.9))
                .isInstanceOf(FusionException.class)
                .hasMessage(
                        "The noise ratio of modality 'x' is 0.2; with 0.9 added it would be 1.1, which must be 0 to 1");
    }

    @ParameterizedTest
    @MethodSource("all")
    void featuresHaveTheVarianceOfNoiseAndSignal(MetaFusionSimulation simulation) {
        double noiseOfX = switch (simulation.name()) {
            case "1.2" -> 0.1;
            case "demo" -> 0.2;
            case "2.2" -> 0.3;
            case "1.3", "2.3" -> 0.5;
            default -> 0.4;
        };
        FeatureTable x = simulation.generate(3).train().samples().tables().get(0);

        double sum = 0;
        double squares = 0;
        for (float value : x.values()) {
            sum += value;
            squares += value * (double) value;
        }
        int count = x.values().length;
        double variance = noiseOfX * noiseOfX + (1 - noiseOfX) * (1 - noiseOfX);
        assertThat(sum / count).isCloseTo(0, within(0.02));
        assertThat(squares / count).isCloseTo(variance, within(0.03 * variance));
    }

    @Test
    void inSetting11BothModalitiesTellTheWholeAndEachAPart() {
        SplitDataset data = MetaFusionSimulation.named("1.1").generate(1);

        double both = r2(data, 0, 1);
        assertThat(both).isGreaterThan(0.85);
        assertThat(r2(data, 0)).isBetween(0.1, both - 0.25);
        assertThat(r2(data, 1)).isBetween(0.1, both - 0.25);
    }

    @Test
    void inSetting21EitherModalityTellsMostOfTheWhole() {
        SplitDataset data = MetaFusionSimulation.named("2.1").generate(1);

        assertThat(r2(data, 0)).isGreaterThan(0.7);
        assertThat(r2(data, 1)).isGreaterThan(0.7);
    }

    @Test
    void inSetting12ALinearModelOfTheNarrowModalityFindsOnlyItsLinearShare() {
        SplitDataset data = MetaFusionSimulation.named("1.2").generate(1);

        assertThat(r2(data, 1)).isBetween(0.05, 0.6);
    }

    @Test
    void targetsHaveTheVarianceOfTheirEffects() {
        double ofLinear = 0;
        double ofQuadratic = 0;
        double ofInteractions = 0;
        for (int seed = 0; seed < 8; seed++) {
            ofLinear += variance(Outcome.ofShared(Outcome.LINEAR), seed) / 8;
            ofQuadratic += variance(Outcome.ofShared(Outcome.QUADRATIC), seed) / 8;
            ofInteractions += variance(Outcome.ofInteractions(), seed) / 8;
        }

        // E beta^2 = 3; Var u = 1, Var (u^2 - u) = 3, Var (u v) = 1; 50 shared, 20 x, 20 z latents, 40 pairs.
        assertThat(ofLinear).isCloseTo(150, within(20.0));
        assertThat(ofQuadratic).isCloseTo(450, within(60.0));
        assertThat(ofInteractions).isCloseTo(3 * (60 + 20 + 40), within(60.0));
    }

    @Test
    void inTheDemoFusionClearlyHelps() {
        SplitDataset data =
                MetaFusionSimulation.named(MetaFusionSimulation.DEMO).generate(1);

        double both = accuracy(data, 0, 1);
        assertThat(both).isGreaterThan(0.8);
        assertThat(accuracy(data, 0)).isBetween(0.4, both - 0.15);
        assertThat(accuracy(data, 1)).isBetween(0.4, both - 0.15);
        assertThat(data.train().rows() + data.test().rows()).isEqualTo(600);
    }

    @Test
    void theDemosClassesAreBalanced() {
        int[] counts = new int[4];
        for (int label : labels(MetaFusionSimulation.named(MetaFusionSimulation.DEMO)
                .generate(5)
                .train())) {
            counts[label]++;
        }

        assertThat(Arrays.stream(counts).min().orElseThrow()).isGreaterThan(450 / 4 - 40);
    }

    @ParameterizedTest
    @MethodSource("all")
    void isDescribedInOneSentence(MetaFusionSimulation simulation) {
        assertThat(simulation.description()).matches("[A-Z][^.]*(\\d\\.\\d)?[^.]*\\.");
    }

    @Test
    void anUnknownNameListsTheKnownOnes() {
        assertThatThrownBy(() -> MetaFusionSimulation.named("3.1"))
                .isInstanceOf(FusionException.class)
                .hasMessage("There is no simulation '3.1'; choose one of 1.1, 1.2, 1.3, 2.1, 2.2, 2.3, demo");
    }

    private static double variance(Outcome outcome, long seed) {
        NumberStream numbers = new NumberStream(seed);
        LatentFactors latents = LatentFactors.draw(1000, 20, 20, 50, numbers);
        float[] y = ((Targets.Values) outcome.targets(latents, numbers)).values();
        double mean = 0;
        for (float value : y) {
            mean += value / y.length;
        }
        double squares = 0;
        for (float value : y) {
            squares += (value - mean) * (value - mean);
        }
        return squares / y.length;
    }

    private static double r2(SplitDataset data, int... modalities) {
        return RidgeRegression.testR2(data.train(), values(data.train()), data.test(), values(data.test()), modalities);
    }

    /** Of a linear model of each of the two questions. */
    private static double accuracy(SplitDataset data, int... modalities) {
        int[] labels = labels(data.test());
        int[] predicted = new int[labels.length];
        for (int question = 1; question <= 2; question++) {
            float[] answers = new float[data.train().rows()];
            for (int row = 0; row < answers.length; row++) {
                answers[row] = (labels(data.train())[row] & question) != 0 ? 1 : -1;
            }
            double[] scores = RidgeRegression.predict(data.train(), answers, data.test(), modalities);
            for (int row = 0; row < scores.length; row++) {
                predicted[row] += scores[row] > 0 ? question : 0;
            }
        }
        int right = 0;
        for (int row = 0; row < labels.length; row++) {
            right += predicted[row] == labels[row] ? 1 : 0;
        }
        return right / (double) labels.length;
    }

    private static float[] values(MultimodalDataset data) {
        return ((Targets.Values) data.targets()).values();
    }

    private static int[] labels(MultimodalDataset data) {
        return ((Targets.Labels) data.targets()).labels();
    }
}
