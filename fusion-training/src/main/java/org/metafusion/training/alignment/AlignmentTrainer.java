package org.metafusion.training.alignment;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.metafusion.core.FusionException;
import org.metafusion.core.modality.FeatureTable;
import org.metafusion.core.modality.MultimodalDataset;
import org.metafusion.core.representation.Extraction;
import org.metafusion.core.representation.ExtractionRows;
import org.metafusion.core.representation.FeatureExtractor;
import org.metafusion.core.representation.StandardisedRows;
import org.metafusion.core.tensor.TensorBackend;
import org.metafusion.training.representation.CcaExtractor;
import org.metafusion.training.representation.PcaExtractor;
import org.metafusion.training.representation.Standardiser;

/**
 * Aligns the modalities of a data set: encoders that put what belongs together side by side, learned from the pairs alone.
 *
 * <pre>{@code
 * AlignedEncoders aligned = new AlignmentTrainer(backend).fit(train, AlignmentOptions.of(64, 7));
 * aligned.retrieval(test.samples());       // recall@1, 5 and 10 in both directions
 * aligned.embed(images);                   // [rows, 64]
 * }</pre>
 *
 * @param backend stays open
 */
public record AlignmentTrainer(TensorBackend backend) {

    /**
     * Contrastively aligned encoders; the targets are not looked at.
     *
     * @throws FusionException if there are fewer than two modalities, or too few rows that have two
     */
    public AlignedEncoders fit(MultimodalDataset train, AlignmentOptions options) {
        List<Standardiser> standardisers = standardisers(train);
        return new AlignedEncoders(
                train.modalities(),
                standardisers,
                new ContrastiveTraining(rows(train, standardisers), train.groups(), options).train(backend));
    }

    /**
     * The projections of regularised canonical correlation analysis, which need no training; to compare with.
     *
     * @throws FusionException if there are fewer than two modalities, or too few rows that have all
     */
    public AlignedEncoders canonical(MultimodalDataset train, int width) {
        return frozen(train, new CcaExtractor(), width);
    }

    /**
     * The principal components of each modality, which nothing aligns; to compare with.
     *
     * @throws FusionException if a modality has fewer than {@code width}
     */
    public AlignedEncoders unaligned(MultimodalDataset train, int width) {
        AlignedEncoders encoders = frozen(train, new PcaExtractor(), width);
        for (int m = 0; m < encoders.modalities().size(); m++) {
            int given = encoders.encoder(m).width();
            if (given < width) {
                throw new FusionException(
                        "Modality '" + encoders.modalities().get(m).name() + "' has " + given
                                + " principal components but " + width + " are asked for; ask for no more than it has");
            }
        }
        return encoders;
    }

    private AlignedEncoders frozen(MultimodalDataset train, FeatureExtractor extractor, int width) {
        List<Standardiser> standardisers = standardisers(train);
        List<Extraction> wanted = IntStream.range(0, standardisers.size())
                .mapToObj(m -> new Extraction(m, width))
                .toList();
        ExtractionRows rows = new ExtractionRows(rows(train, standardisers), train.targets(), 0, backend);
        return new AlignedEncoders(train.modalities(), standardisers, extractor.fit(rows, wanted));
    }

    private static List<Standardiser> standardisers(MultimodalDataset train) {
        List<Standardiser> standardisers = new ArrayList<>();
        for (FeatureTable table : train.samples().tables()) {
            if (table.missingCount() == table.rows()) {
                throw new FusionException(
                        "No training row has modality '" + table.modality().name() + "'; remove it or give it rows");
            }
            standardisers.add(Standardiser.fit(table));
        }
        return standardisers;
    }

    private static List<StandardisedRows> rows(MultimodalDataset train, List<Standardiser> standardisers) {
        return IntStream.range(0, standardisers.size())
                .mapToObj(
                        m -> standardisers.get(m).rows(train.samples().tables().get(m)))
                .toList();
    }
}
