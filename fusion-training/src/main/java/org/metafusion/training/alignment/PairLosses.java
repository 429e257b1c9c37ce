package org.metafusion.training.alignment;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * InfoNCE of a batch of more than one pair of modalities: the mean over the pairs, each over the rows that have both.
 *
 * @param modalities how many
 * @param width of the embeddings
 * @param missing for each modality the rows, of all there are, that lack it
 */
record PairLosses(int modalities, int width, List<BitSet> missing) {

    /**
     * Loss and gradients of a batch.
     *
     * @param gradients as long as the embeddings; 0 where a row takes no part
     * @param pairs how many pairs of modalities had two rows or more; without any the loss is 0
     */
    record Batch(double loss, float[] gradients, double dLogScale, int pairs) {}

    /**
     * The loss of the rows {@code order[from .. from + count - 1]}.
     *
     * @param embeddings {@code [modalities, capacity, width]}, a batch's rows first
     */
    Batch of(float[] embeddings, int[] order, int from, int count, double logScale) {
        int capacity = embeddings.length / modalities / width;
        double[] gradients = new double[embeddings.length];
        double loss = 0;
        double dLogScale = 0;
        int pairs = 0;
        for (int a = 0; a < modalities; a++) {
            for (int b = a + 1; b < modalities; b++) {
                int[] places = places(a, b, order, from, count);
                if (places.length < 2) {
                    continue;
                }
                ContrastiveLoss pair = ContrastiveLoss.of(
                        rows(embeddings, a * capacity, places),
                        rows(embeddings, b * capacity, places),
                        places.length,
                        logScale);
                loss += pair.loss();
                dLogScale += pair.dLogScale();
                add(pair.dX(), gradients, a * capacity, places);
                add(pair.dY(), gradients, b * capacity, places);
                pairs++;
            }
        }
        int n = Math.max(1, pairs);
        float[] means = new float[gradients.length];
        for (int i = 0; i < means.length; i++) {
            means[i] = (float) (gradients[i] / n);
        }
        return new Batch(loss / n, means, dLogScale / n, pairs);
    }

    private int[] places(int a, int b, int[] order, int from, int count) {
        int[] places = new int[count];
        int n = 0;
        for (int i = 0; i < count; i++) {
            int row = order[from + i];
            if (!missing.get(a).get(row) && !missing.get(b).get(row)) {
                places[n++] = i;
            }
        }
        return Arrays.copyOf(places, n);
    }

    private double[] rows(float[] embeddings, int first, int[] places) {
        double[] rows = new double[places.length * width];
        for (int i = 0; i < places.length; i++) {
            for (int k = 0; k < width; k++) {
                rows[i * width + k] = embeddings[(first + places[i]) * width + k];
            }
        }
        return rows;
    }

    private void add(double[] rows, double[] gradients, int first, int[] places) {
        for (int i = 0; i < places.length; i++) {
            for (int k = 0; k < width; k++) {
                gradients[(first + places[i]) * width + k] += rows[i * width + k];
            }
        }
    }
}
