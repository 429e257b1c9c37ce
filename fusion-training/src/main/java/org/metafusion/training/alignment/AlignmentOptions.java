package org.metafusion.training.alignment;

import java.util.List;
import org.metafusion.core.FusionException;

/**
 * How encoders are aligned.
 *
 * @param width of the embeddings
 * @param hidden widths of each encoder's hidden layers with ReLU; empty for linear encoders
 * @param epochs at most
 * @param batchSize pairs a step; each is told from the others of its batch
 * @param learningRate of AdamW, also for the temperature
 * @param weightDecay of AdamW, decoupled
 * @param dropout rate after each hidden layer
 * @param patience epochs without a lower loss on the rows held out after which training stops
 * @param seed of initial weights, the rows held out, batches and dropout
 */
public record AlignmentOptions(
        int width,
        List<Integer> hidden,
        int epochs,
        int batchSize,
        float learningRate,
        float weightDecay,
        float dropout,
        int patience,
        long seed) {

    public AlignmentOptions {
        hidden = List.copyOf(hidden);
        require(width >= 1, "width", width, "1 or more");
        require(epochs >= 1, "epochs", epochs, "1 or more");
        require(batchSize >= 2, "batchSize", batchSize, "2 or more");
        require(learningRate > 0, "learningRate", learningRate, "positive");
        require(weightDecay >= 0, "weightDecay", weightDecay, "0 or more");
        require(dropout >= 0 && dropout < 1, "dropout", dropout, "in [0, 1)");
        require(patience >= 1, "patience", patience, "1 or more");
    }

    private static void require(boolean holds, String name, Number value, String range) {
        if (!holds) {
            throw new FusionException("Alignment option '" + name + "' must be " + range + " but is " + value);
        }
    }

    /** One hidden layer of 256, batches of 128 pairs, 100 epochs at most. */
    public static AlignmentOptions of(int width, long seed) {
        return new AlignmentOptions(width, List.of(256), 100, 128, 1e-3f, 1e-2f, 0.3f, 15, seed);
    }

    public AlignmentOptions withHidden(List<Integer> other) {
        return new AlignmentOptions(
                width, other, epochs, batchSize, learningRate, weightDecay, dropout, patience, seed);
    }

    public AlignmentOptions withEpochs(int other) {
        return new AlignmentOptions(
                width, hidden, other, batchSize, learningRate, weightDecay, dropout, patience, seed);
    }
}
