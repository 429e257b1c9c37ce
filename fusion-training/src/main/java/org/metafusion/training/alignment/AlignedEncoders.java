package org.metafusion.training.alignment;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.metafusion.core.FusionException;
import org.metafusion.core.modality.FeatureTable;
import org.metafusion.core.modality.Modality;
import org.metafusion.core.modality.Samples;
import org.metafusion.core.representation.FittedExtractor;
import org.metafusion.training.representation.Standardiser;

/** Encoders of several modalities into one space. */
public final class AlignedEncoders {

    private final List<Modality> modalities;
    private final List<Standardiser> standardisers;
    private final List<? extends FittedExtractor> encoders;

    AlignedEncoders(
            List<Modality> modalities, List<Standardiser> standardisers, List<? extends FittedExtractor> encoders) {
        this.modalities = List.copyOf(modalities);
        this.standardisers = List.copyOf(standardisers);
        this.encoders = List.copyOf(encoders);
    }

    public List<Modality> modalities() {
        return modalities;
    }

    /** The encoder of a modality, of standardised features. */
    public FittedExtractor encoder(int modality) {
        return encoders.get(modality);
    }

    /**
     * Embeddings {@code [rows, width]} of a modality's features; those of a missing row mean nothing.
     *
     * @throws FusionException if there is no such modality, or its features are others
     */
    public float[] embed(FeatureTable table) {
        int m = IntStream.range(0, modalities.size())
                .filter(i -> modalities.get(i).name().equals(table.modality().name()))
                .findFirst()
                .orElseThrow(() -> new FusionException("No encoder for modality '"
                        + table.modality().name() + "'; there are encoders for "
                        + modalities.stream().map(Modality::name).toList()));
        if (!modalities.get(m).equals(table.modality())) {
            throw new FusionException(
                    "The encoder of modality '" + table.modality().name() + "' takes the "
                            + modalities.get(m).width() + " features it was trained on but got "
                            + table.modality().width() + " others; give the same columns in the same order");
        }
        return encoders.get(m).apply(standardisers.get(m).apply(table), table.rows());
    }

    /** How well each modality finds each other one, on the rows that have both. */
    public List<Retrieval> retrieval(Samples samples) {
        List<float[]> embeddings = samples.tables().stream().map(this::embed).toList();
        List<Retrieval> all = new ArrayList<>();
        for (int a = 0; a < embeddings.size(); a++) {
            for (int b = 0; b < embeddings.size(); b++) {
                if (a != b) {
                    all.add(retrieval(samples, embeddings, a, b));
                }
            }
        }
        return all;
    }

    private static Retrieval retrieval(Samples samples, List<float[]> embeddings, int a, int b) {
        FeatureTable from = samples.tables().get(a);
        FeatureTable to = samples.tables().get(b);
        int[] both = IntStream.range(0, samples.rows())
                .filter(row -> from.isPresent(row) && to.isPresent(row))
                .toArray();
        return Retrieval.of(
                from.modality().name(),
                to.modality().name(),
                select(embeddings.get(a), samples.rows(), both),
                select(embeddings.get(b), samples.rows(), both),
                both.length);
    }

    private static float[] select(float[] values, int rows, int[] selected) {
        int width = rows == 0 ? 0 : values.length / rows;
        float[] taken = new float[selected.length * width];
        for (int i = 0; i < selected.length; i++) {
            float[] row = Arrays.copyOfRange(values, selected[i] * width, (selected[i] + 1) * width);
            System.arraycopy(row, 0, taken, i * width, width);
        }
        return taken;
    }
}
