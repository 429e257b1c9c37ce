package org.metafusion.ensemble.study.product;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.metafusion.core.modality.FeatureTable;
import org.metafusion.core.modality.Modality;
import org.metafusion.core.modality.MultimodalDataset;
import org.metafusion.core.modality.Samples;
import org.metafusion.core.modality.Targets;
import org.metafusion.core.modality.Task;

/**
 * Pairs of embeddings of two balanced classes; the first rows of a larger draw are those of a smaller one.
 *
 * <pre>
 * SIGN     x, z ~ N(0, 1);                          class = [x . z > 0]
 * MIXTURE  cluster c of {@value #CLUSTERS}, equally likely, with prototypes p_c, q_c ~ N(0, 1) in {@value #LATENTS} dimensions;
 *          x = A (p_c + e) + {@value #NOISE} e', z = B (q_c + e) + {@value #NOISE} e', rows of A, B of unit length, e, e' ~ N(0, 1);
 *          class = c mod 2
 * </pre>
 *
 * <p>Of the mixture's clusters the first {@value #ALIKE} are alike in pairs in x, the next as many in z, so that each
 * embedding alone confuses the classes of a third; the last third is told by both.
 *
 * @param width of each embedding
 * @param seed of prototypes, A, B and the rows
 */
record PairedEmbeddings(Label label, int width, long seed) {

    private static final int CLUSTERS = 12;
    private static final int ALIKE = 4;
    private static final int LATENTS = 8;
    private static final double NOISE = 0.5;
    private static final Task.Classification TASK = new Task.Classification(List.of("no", "yes"));

    MultimodalDataset train(int rows) {
        return draw("train", rows, seed * 3 + 1);
    }

    MultimodalDataset test(int rows) {
        return draw("test", rows, seed * 3 + 2);
    }

    private MultimodalDataset draw(String name, int rows, long rowSeed) {
        Random random = new Random(rowSeed);
        float[] x = new float[rows * width];
        float[] z = new float[rows * width];
        int[] labels = new int[rows];
        World world = new World(width, new Random(seed * 3));
        for (int row = 0; row < rows; row++) {
            labels[row] = label == Label.SIGN
                    ? innerProduct(x, z, row * width, random)
                    : world.show(x, z, row * width, random);
        }
        List<String> ids = IntStream.range(0, rows).mapToObj(Integer::toString).toList();
        Samples samples = new Samples(
                ids,
                List.of(
                        FeatureTable.complete(Modality.of("x", width), rows, x),
                        FeatureTable.complete(Modality.of("z", width), rows, z)));
        return new MultimodalDataset(name, samples, new Targets.Labels(TASK, labels));
    }

    private int innerProduct(float[] x, float[] z, int from, Random random) {
        double sum = 0;
        for (int j = from; j < from + width; j++) {
            x[j] = (float) random.nextGaussian();
            z[j] = (float) random.nextGaussian();
            sum += (double) x[j] * z[j];
        }
        return sum > 0 ? 1 : 0;
    }

    /** How the mixture's clusters are shown. */
    private static final class World {

        private final double[][] prototypesX;
        private final double[][] prototypesZ;
        private final double[][] toX;
        private final double[][] toZ;

        World(int width, Random random) {
            prototypesX = normals(CLUSTERS, random);
            prototypesZ = normals(CLUSTERS, random);
            for (int c = 0; c < ALIKE; c += 2) {
                prototypesX[c + 1] = prototypesX[c];
                prototypesZ[ALIKE + c + 1] = prototypesZ[ALIKE + c];
            }
            toX = showing(width, random);
            toZ = showing(width, random);
        }

        /** Weights {@code [width][LATENTS]} of unit length each. */
        private static double[][] showing(int width, Random random) {
            double[][] weights = normals(width, random);
            for (double[] column : weights) {
                double length = Math.sqrt(Arrays.stream(column).map(w -> w * w).sum());
                Arrays.setAll(column, i -> column[i] / length);
            }
            return weights;
        }

        private static double[][] normals(int rows, Random random) {
            double[][] normals = new double[rows][LATENTS];
            for (double[] row : normals) {
                Arrays.setAll(row, i -> random.nextGaussian());
            }
            return normals;
        }

        private int show(float[] x, float[] z, int from, Random random) {
            int cluster = random.nextInt(CLUSTERS);
            show(x, from, prototypesX[cluster], toX, random);
            show(z, from, prototypesZ[cluster], toZ, random);
            return cluster % 2;
        }

        private static void show(float[] to, int from, double[] prototype, double[][] weights, Random random) {
            double[] latents = new double[LATENTS];
            Arrays.setAll(latents, i -> prototype[i] + random.nextGaussian());
            for (int j = 0; j < weights.length; j++) {
                double shown = NOISE * random.nextGaussian();
                for (int l = 0; l < LATENTS; l++) {
                    shown += weights[j][l] * latents[l];
                }
                to[from + j] = (float) shown;
            }
        }
    }
}
