package org.metafusion.onnx.encoder;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.metafusion.core.modality.FeatureTable;
import org.metafusion.core.modality.Modality;
import org.metafusion.core.modality.MultimodalDataset;
import org.metafusion.core.modality.Samples;
import org.metafusion.core.modality.Targets;
import org.metafusion.core.modality.Task;
import org.metafusion.core.representation.AffineMap;
import org.metafusion.ensemble.config.FusionConfig;
import org.metafusion.onnx.graph.GraphMath;
import org.metafusion.onnx.graph.OnnxGraph;
import org.metafusion.onnx.graph.Value;

/** A graph of four features, and rows of a modality {@code image} that it fits, beside a modality {@code text} of three. */
final class TinyEncoder {

    static final int ROWS = 400; // more than the rows that are run at a time
    static final int WIDTH = 4;
    static final float[] BIAS = {0.5f, -0.5f};

    private static final float[] WEIGHTS = {1, 0, 0, 2, -1, 1, 0.5f, 0.25f};

    private TinyEncoder() {}

    /** {@code tanh(x W + b)} of features in their own unit, 4 to 2, beside the sum before. */
    static byte[] graph(float[] bias) {
        GraphMath math = new GraphMath(new OnnxGraph());
        Value sum = math.dense(math.graph().input("pixels", WIDTH), "layer", new AffineMap(WEIGHTS, bias));
        math.graph().output("embedding", math.graph().node("Tanh", sum), 2);
        return math.graph().bytes("tiny", Map.of());
    }

    static float expected(float[] x, int column) {
        double sum = BIAS[column];
        for (int j = 0; j < WIDTH; j++) {
            sum += (double) x[j] * WEIGHTS[2 * j + column];
        }
        return (float) Math.tanh(sum);
    }

    /** The label is what the encoder sees in units far from standardised ones; the last feature is constant. */
    static MultimodalDataset rows() {
        Random random = new Random(2);
        float[] image = new float[ROWS * WIDTH];
        float[] text = new float[ROWS * 3];
        int[] labels = new int[ROWS];
        for (int row = 0; row < ROWS; row++) {
            for (int j = 0; j < WIDTH; j++) {
                image[row * WIDTH + j] = j == 3 ? 0.25f : (float) (0.5 * random.nextGaussian() + 0.1 * j);
            }
            for (int j = 0; j < 3; j++) {
                text[row * 3 + j] = (float) random.nextGaussian();
            }
            labels[row] = expected(java.util.Arrays.copyOfRange(image, row * WIDTH, (row + 1) * WIDTH), 0) > 0 ? 1 : 0;
        }
        List<FeatureTable> tables = List.of(
                FeatureTable.complete(Modality.of("image", WIDTH), ROWS, image),
                FeatureTable.complete(Modality.of("text", 3), ROWS, text));
        return new MultimodalDataset(
                "tiny",
                new Samples(IntStream.range(0, ROWS).mapToObj(row -> "r" + row).toList(), tables),
                new Targets.Labels(new Task.Classification(List.of("low", "high")), labels));
    }

    /** Of small fits in which {@code image} is read through an encoder {@code tiny} alone. */
    static FusionConfig config() {
        return FusionConfig.defaults()
                .with(Map.of(
                        "backend", "cpu",
                        "threads", "1",
                        "training.epochs", "3",
                        "cross-fitting.folds", "2",
                        "mutual.scheme", "none",
                        "cohort.hidden", "[[4]]",
                        "cohort.representations.image", "[tiny]",
                        "cohort.representations.text", "[raw]"));
    }
}
