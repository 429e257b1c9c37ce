package org.metafusion.examples.plain;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.metafusion.core.modality.FeatureTable;
import org.metafusion.core.modality.Modality;
import org.metafusion.core.modality.MultimodalDataset;
import org.metafusion.core.modality.Samples;
import org.metafusion.core.modality.Targets;
import org.metafusion.core.modality.Task;

/** Made-up birds: an image embedding of 16 features and a song embedding of 8, each of which tells a part of the species. */
public final class Birds {

    static final int IMAGE = 16;
    static final int SONG = 8;
    private static final List<String> SPECIES = List.of("wren", "robin", "finch", "owl");

    private Birds() {}

    /** So many birds; the same seed, the same birds. */
    public static MultimodalDataset draw(int count, long seed) {
        Random random = new Random(seed);
        float[] image = new float[count * IMAGE];
        float[] song = new float[count * SONG];
        int[] species = new int[count];
        for (int bird = 0; bird < count; bird++) {
            species[bird] = random.nextInt(SPECIES.size());
            for (int j = 0; j < IMAGE; j++) {
                image[bird * IMAGE + j] = (float) random.nextGaussian() + (j % 2 == species[bird] % 2 ? 0.8f : 0);
            }
            for (int j = 0; j < SONG; j++) {
                song[bird * SONG + j] = (float) random.nextGaussian() + (j % 2 == species[bird] / 2 ? 1 : 0);
            }
        }
        Samples samples = new Samples(
                IntStream.range(0, count).mapToObj(bird -> "bird" + bird).toList(),
                List.of(
                        FeatureTable.complete(Modality.of("image", IMAGE), count, image),
                        FeatureTable.complete(Modality.of("song", SONG), count, song)));
        return new MultimodalDataset("birds", samples, new Targets.Labels(new Task.Classification(SPECIES), species));
    }
}
