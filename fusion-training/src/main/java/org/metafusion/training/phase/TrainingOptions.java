package org.metafusion.training.phase;

import org.metafusion.core.FusionException;

/**
 * How students are trained.
 *
 * @param epochs at most, in each phase
 * @param batchSize rows a step; the last batch of an epoch may be smaller
 * @param learningRate of AdamW
 * @param weightDecay of AdamW, decoupled
 * @param dropout rate after each hidden layer
 * @param patience epochs without a better validation loss after which a student stops; it keeps its best weights
 * @param temperature of the softened distributions in the mutual loss
 * @param seed of initial weights, batch order and dropout
 */
public record TrainingOptions(
        int epochs,
        int batchSize,
        float learningRate,
        float weightDecay,
        float dropout,
        int patience,
        float temperature,
        long seed) {

    public TrainingOptions {
        require(epochs >= 1, "epochs", epochs, "1 or more");
        require(batchSize >= 1, "batchSize", batchSize, "1 or more");
        require(learningRate > 0 && learningRate <= 1, "learningRate", learningRate, "in (0, 1]");
        require(weightDecay >= 0, "weightDecay", weightDecay, "0 or more");
        require(dropout >= 0 && dropout < 1, "dropout", dropout, "in [0, 1)");
        require(patience >= 1, "patience", patience, "1 or more");
        require(temperature > 0, "temperature", temperature, "positive");
    }

    private static void require(boolean holds, String name, Number value, String range) {
        if (!holds) {
            throw new FusionException("Option '" + name + "' must be " + range + " but is " + value);
        }
    }

    /** The paper's simulations: Adam, learning rate 1e-3, batches of 64, no regularisation. */
    public static TrainingOptions plain(int epochs, long seed) {
        return new TrainingOptions(epochs, 64, 1e-3f, 0f, 0f, epochs, 1f, seed);
    }
}
