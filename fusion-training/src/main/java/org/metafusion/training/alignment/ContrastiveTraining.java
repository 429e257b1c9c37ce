package org.metafusion.training.alignment;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.metafusion.core.FusionException;
import org.metafusion.core.representation.StandardisedRows;
import org.metafusion.core.tensor.TensorBackend;
import org.metafusion.training.representation.DenseEncoder;
import org.metafusion.training.representation.HeldOutRows;

/**
 * Trains an encoder a modality so that embeddings of one row are near each other and far from other rows': symmetric
 * InfoNCE, the mean over all pairs of modalities. The epoch of the lowest loss on a tenth of the rows, held out, counts.
 */
final class ContrastiveTraining {

    private static final double HELD_OUT = 0.1;
    private static final int FEWEST_ROWS = 4;

    private final List<StandardisedRows> modalities;
    private final AlignmentOptions options;
    private final PairLosses losses;
    private final int[] learning;
    private final int[] stopping;

    /**
     * A training that is yet to be run.
     *
     * @param groups of all rows; empty where they are independent
     * @throws FusionException if there are fewer than two modalities or four rows that have two of them
     */
    ContrastiveTraining(List<StandardisedRows> modalities, List<String> groups, AlignmentOptions options) {
        if (modalities.size() < 2) {
            throw new FusionException(
                    "Contrastive alignment needs two modalities or more but the data have " + modalities.size());
        }
        this.modalities = modalities;
        this.options = options;
        List<BitSet> missing =
                modalities.stream().map(StandardisedRows::missing).toList();
        this.losses = new PairLosses(modalities.size(), options.width(), missing);
        int[] paired = IntStream.range(0, modalities.get(0).rows())
                .filter(row -> missing.stream().filter(m -> !m.get(row)).count() >= 2)
                .toArray();
        if (paired.length < FEWEST_ROWS) {
            throw new FusionException("Contrastive alignment needs " + FEWEST_ROWS
                    + " rows or more that have two modalities but there are " + paired.length);
        }
        int held = Math.max(2, (int) Math.round(HELD_OUT * paired.length));
        HeldOutRows parts = HeldOutRows.of(paired, groups, held, options.seed());
        this.stopping = parts.held();
        this.learning = parts.learning();
        if (learning.length < 2) {
            throw new FusionException("Contrastive alignment has " + learning.length + " rows to learn from, since the "
                    + paired.length + " rows that have two modalities are of few groups; give more groups");
        }
    }

    /** One encoder a modality, whose embeddings have length {@code sqrt(width)}. */
    List<DenseEncoder> train(TensorBackend backend) {
        int batch = Math.min(options.batchSize(), learning.length);
        int evaluated = Math.min(stopping.length, options.batchSize());
        try (EncoderStack stack =
                EncoderStack.open(backend, modalities, options, new EncoderStack.Batches(batch, evaluated))) {
            Temperature temperature = new Temperature(options.learningRate());
            double lowest = Double.POSITIVE_INFINITY;
            float[] best = stack.parameters();
            int since = 0;
            SplittableRandom seeds = new SplittableRandom(options.seed() ^ 0x0A11_6E0DL);
            for (int epoch = 1; epoch <= options.epochs() && since < options.patience(); epoch++) {
                learn(stack, temperature, seeds.split(), batch);
                OptionalDouble loss = validate(stack, temperature, evaluated);
                requireNumber(epoch, loss);
                // where the rows held out have no pair in common, there is nothing to stop by
                if (loss.isEmpty() || loss.getAsDouble() < lowest) {
                    lowest = loss.orElse(lowest);
                    best = stack.parameters();
                    since = 0;
                } else {
                    since++;
                }
            }
            return stack.encoders(best);
        }
    }

    private void learn(EncoderStack stack, Temperature temperature, SplittableRandom random, int batch) {
        int[] order = learning.clone();
        HeldOutRows.shuffle(order, random);
        for (int from = 0; from + 1 < order.length; from += batch) {
            int count = Math.min(batch, order.length - from);
            float[] embeddings = stack.forward(order, from, count, random.nextLong());
            PairLosses.Batch loss = losses.of(embeddings, order, from, count, temperature.logScale());
            if (loss.pairs() > 0) {
                stack.learn(loss.gradients());
                temperature.step(loss.dLogScale());
            }
        }
    }

    private void requireNumber(int epoch, OptionalDouble loss) {
        if (loss.isPresent() && !Double.isFinite(loss.getAsDouble())) {
            throw new FusionException("Contrastive alignment diverged in epoch " + epoch + ": the loss is "
                    + loss.getAsDouble() + "; lower the learning rate (" + options.learningRate() + ")");
        }
    }

    /** The mean loss of batches of the rows held out; empty if no two of them have the same two modalities. */
    private OptionalDouble validate(EncoderStack stack, Temperature temperature, int batch) {
        List<Double> all = new ArrayList<>();
        for (int from = 0; from + 1 < stopping.length; from += batch) {
            int count = Math.min(batch, stopping.length - from);
            float[] embeddings = stack.evaluate(stopping, from, count);
            PairLosses.Batch loss = losses.of(embeddings, stopping, from, count, temperature.logScale());
            if (loss.pairs() > 0) {
                all.add(loss.loss());
            }
        }
        return all.stream().mapToDouble(Double::doubleValue).average();
    }
}
