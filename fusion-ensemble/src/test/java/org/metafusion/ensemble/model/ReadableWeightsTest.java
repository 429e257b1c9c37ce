package org.metafusion.ensemble.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.metafusion.core.modality.FeatureTable;
import org.metafusion.core.modality.Modality;
import org.metafusion.core.modality.MultimodalDataset;
import org.metafusion.core.modality.Sample;
import org.metafusion.core.modality.Samples;
import org.metafusion.core.modality.Targets;
import org.metafusion.core.modality.Task;
import org.metafusion.core.port.StoredModel.StoredTensor;
import org.metafusion.ensemble.MetaFusion;
import org.metafusion.ensemble.config.FusionConfig;

/** Weights under readable names are all that is needed to predict by hand. */
class ReadableWeightsTest {

    private static final int ROWS = 60;
    private static final int FOLDS = 2;

    /** Students of {@code pca2} of the image, an encoder of the text, or both. */
    private static FusionConfig config() {
        return FusionConfig.defaults()
                .with(Map.of(
                        "backend", "cpu",
                        "threads", "1",
                        "training.epochs", "2",
                        "mutual.scheme", "none",
                        "cross-fitting.folds", "2",
                        "cohort.hidden", "[[4]]",
                        "committee.rule", "simple-average",
                        "cohort.representations.image", "[pca2]",
                        "cohort.representations.text", "[\"enc2(3)\"]"));
    }

    private static MultimodalDataset rows() {
        Random random = new Random(1);
        FeatureTable image = table("image", 5, random);
        FeatureTable text = table("text", 3, random);
        float[] targets = new float[ROWS];
        for (int row = 0; row < ROWS; row++) {
            targets[row] = 50 + 3 * image.values()[row * 5] * text.values()[row * 3];
        }
        return new MultimodalDataset(
                "product",
                new Samples(IntStream.range(0, ROWS).mapToObj(row -> "r" + row).toList(), List.of(image, text)),
                new Targets.Values(new Task.Regression(List.of("y")), targets));
    }

    private static FeatureTable table(String name, int width, Random random) {
        float[] values = new float[ROWS * width];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (2 + random.nextGaussian());
        }
        return FeatureTable.complete(Modality.of(name, width), ROWS, values);
    }

    @Test
    void aPredictionCanBeMadeOfThemByHand() {
        MultimodalDataset rows = rows();
        try (MetaFusion fusion = MetaFusion.configure().config(config()).build();
                FusionModel model = fusion.fit(rows).model()) {
            ReadableWeights weights = ReadableWeights.of(model.content());
            Samples first = rows.samples().select(new int[] {0});
            float[] image = first.tables().get(0).values();
            float[] text = first.tables().get(1).values();
            double predicted =
                    model.predict(Sample.of("image", image).and("text", text)).values()[0];
            assertThat(byHand(weights, image, text)).isCloseTo(predicted, within(1e-4));
        }
    }

    /** What the committee says, which the metadata describe as {@code image+text: rule of student0 0.5, ...; temperature 1}. */
    private static double byHand(ReadableWeights weights, float[] image, float[] text) {
        String committee = line(weights, "committees", "image+text: ");
        Matcher member = Pattern.compile("student(\\d+) ([0-9.]+)").matcher(committee);
        double sum = 0;
        int members = 0;
        while (member.find()) {
            String name = "student" + member.group(1);
            String label = line(weights, "students", name + " ").substring(name.length() + 1);
            sum += Double.parseDouble(member.group(2)) * student(weights.tensors(), name, label, image, text);
            members++;
        }
        assertThat(members).isPositive();
        return sum * values(weights.tensors(), "targets.deviation")[0] + values(weights.tensors(), "targets.mean")[0];
    }

    private static String line(ReadableWeights weights, String key, String start) {
        return Objects.requireNonNull(weights.metadata().get(key))
                .lines()
                .filter(line -> line.startsWith(start))
                .findFirst()
                .orElseThrow();
    }

    private static double student(
            Map<String, StoredTensor> tensors, String student, String label, float[] image, float[] text) {
        double sum = 0;
        for (int fold = 0; fold < FOLDS; fold++) {
            String name = student + ".fold" + fold;
            String pca = "image.pca2" + (fold == 0 ? "" : ".fold" + fold);
            double[] scores = label.startsWith("pca2")
                    ? dense(tensors, pca, standardised(tensors, "image", image))
                    : new double[0];
            double[] code = label.endsWith("enc2(3)") ? code(tensors, name, text) : new double[0];
            double[] joined = DoubleStream.concat(Arrays.stream(scores), Arrays.stream(code))
                    .toArray();
            sum += dense(tensors, name + ".head.1", relu(dense(tensors, name + ".head.0", joined)))[0];
        }
        return sum / FOLDS;
    }

    private static double[] code(Map<String, StoredTensor> tensors, String name, float[] text) {
        double[] hidden = dense(tensors, name + ".text.encoder.0", standardised(tensors, "text", text));
        return dense(tensors, name + ".text.encoder.1", relu(hidden));
    }

    private static float[] values(Map<String, StoredTensor> tensors, String name) {
        return Objects.requireNonNull(tensors.get(name), name).values();
    }

    private static double[] standardised(Map<String, StoredTensor> tensors, String modality, float[] x) {
        float[] mean = values(tensors, modality + ".mean");
        float[] scale = values(tensors, modality + ".scale");
        return IntStream.range(0, x.length)
                .mapToDouble(j -> ((double) x[j] - mean[j]) * scale[j])
                .toArray();
    }

    private static double[] dense(Map<String, StoredTensor> tensors, String layer, double[] x) {
        StoredTensor weight = Objects.requireNonNull(tensors.get(layer + ".weight"), layer);
        float[] bias = values(tensors, layer + ".bias");
        assertThat(weight.shape()).containsExactly(x.length, bias.length);
        double[] y = new double[bias.length];
        for (int c = 0; c < y.length; c++) {
            y[c] = bias[c];
            for (int j = 0; j < x.length; j++) {
                y[c] += x[j] * weight.values()[j * y.length + c];
            }
        }
        return y;
    }

    private static double[] relu(double[] x) {
        return Arrays.stream(x).map(v -> Math.max(0, v)).toArray();
    }
}
