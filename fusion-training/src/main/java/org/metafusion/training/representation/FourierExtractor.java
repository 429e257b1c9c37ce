package org.metafusion.training.representation;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.metafusion.core.FusionException;
import org.metafusion.core.representation.AffineMap;
import org.metafusion.core.representation.FittedExtractor;
import org.metafusion.core.representation.ModalityExtractor;
import org.metafusion.core.representation.StandardisedRows;

/**
 * Random Fourier features (Rahimi and Recht 2007): {@code sqrt(2/D) cos(x W + b)} with {@code W ~ N(0, 1/sigma^2)} and
 * {@code b ~ U(0, 2 pi)}, whose inner products approximate the Gaussian kernel {@code exp(-|x - y|^2 / (2 sigma^2))}.
 *
 * <p>{@code sigma} is half the median distance of at most {@value #SAMPLE} training rows, the bandwidth of
 * {@link KernelPcaExtractor}. Features are centred on the training rows and scaled together so that their variances add up
 * to 36; each at unit variance, AdamW fits noise from its first epoch. They cost the same however many rows there are,
 * and a few thousand of them approximate what kernel principal components have exactly.
 */
public final class FourierExtractor implements ModalityExtractor {

    public static final String NAME = "rff";

    private static final int SAMPLE = 300;
    private static final double TOTAL_VARIANCE = 36;

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public boolean suitsLinearHeads() {
        return true;
    }

    @Override
    public List<FittedExtractor> fit(StandardisedRows rows, int[] widths, long seed) {
        Draws draws = new Draws(seed);
        StandardisedRows sample = rows.select(draws.choose(SAMPLE, rows.rows()));
        double[] distances = RowProducts.squaredDistances(sample.values(), sample.rows(), sample.width());
        double sigma = Math.sqrt(RowProducts.medianOff(distances, sample.rows())) / 2;
        int widest = Arrays.stream(widths).max().orElseThrow();
        // feature by feature, so that a narrower representation is the beginning of a wider one
        float[] directions = new float[widest * rows.width()];
        float[] phases = new float[widest];
        for (int d = 0; d < widest; d++) {
            for (int j = 0; j < rows.width(); j++) {
                directions[d * rows.width() + j] = (float) (draws.normal() / sigma);
            }
            phases[d] = (float) (2 * Math.PI * draws.uniform());
        }
        return Arrays.stream(widths)
                .mapToObj(width -> fitted(rows, directions, phases, width))
                .toList();
    }

    private static FittedExtractor fitted(StandardisedRows rows, float[] directions, float[] phases, int width) {
        int in = rows.width();
        AffineMap angles = new AffineMap(
                RowProducts.transposed(Arrays.copyOf(directions, width * in), width, in), Arrays.copyOf(phases, width));
        float[] cosines = new FittedFourier(angles, new float[width], 1f).apply(rows.values(), rows.rows());
        float[] mean = new float[width];
        double variance = 0;
        for (int c = 0; c < width; c++) {
            double sum = 0;
            double squares = 0;
            for (int row = 0; row < rows.rows(); row++) {
                double value = cosines[row * width + c];
                sum += value;
                squares += value * value;
            }
            double centre = sum / rows.rows();
            mean[c] = (float) centre;
            variance += squares / rows.rows() - centre * centre;
        }
        float scale = variance > 0 ? (float) Math.sqrt(TOTAL_VARIANCE / variance) : 1f;
        return new FittedFourier(angles, mean, scale);
    }

    @Override
    public FittedExtractor restore(Map<String, float[]> state) {
        float[] directions = StateArrays.get(NAME, state, "directions");
        float[] phases = StateArrays.get(NAME, state, "phases");
        float[] mean = StateArrays.get(NAME, state, "mean");
        float[] scale = StateArrays.get(NAME, state, "scale");
        if (phases.length == 0
                || directions.length == 0
                || directions.length % phases.length != 0
                || mean.length != phases.length
                || scale.length != 1) {
            throw new FusionException("A stored 'rff' of " + phases.length + " features needs as many means, directions"
                    + " of one length and one scale but has " + mean.length + ", " + directions.length + " and "
                    + scale.length + " values; store the model again");
        }
        return new FittedFourier(new AffineMap(directions, phases), mean, scale[0]);
    }

    /** {@code scale (cos(x W + b) - mean)}. */
    private record FittedFourier(AffineMap angles, float[] mean, float scale) implements FittedExtractor {

        @Override
        public int width() {
            return mean.length;
        }

        @Override
        public float[] apply(float[] values, int rows) {
            float[] features = RowProducts.affine(values, rows, angles);
            for (int i = 0; i < features.length; i++) {
                features[i] = scale * ((float) Math.cos(features[i]) - mean[i % mean.length]);
            }
            return features;
        }

        @Override
        public Map<String, float[]> state() {
            return Map.of(
                    "directions", angles.weights(), "phases", angles.bias(), "mean", mean, "scale", new float[] {scale
                    });
        }
    }
}
