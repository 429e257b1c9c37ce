package org.metafusion.training.alignment;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.metafusion.core.representation.EncoderForm;
import org.metafusion.core.representation.Extraction;
import org.metafusion.core.representation.ExtractionRows;
import org.metafusion.core.representation.FeatureExtractor;
import org.metafusion.core.representation.FittedExtractor;
import org.metafusion.training.representation.DenseEncoder;

/**
 * Contrastively aligned encoders, frozen or the start of fine-tuned ones: what the modalities of a row have in common, learned without the targets. All
 * modalities are trained together, once for each width that is asked for.
 */
public final class ContrastiveExtractor implements FeatureExtractor {

    public static final String NAME = "con";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Optional<EncoderForm> encoderForm(int asked) {
        List<Integer> widths = new ArrayList<>(AlignmentOptions.of(asked, 0).hidden());
        widths.add(asked);
        return Optional.of(new EncoderForm(widths, true));
    }

    @Override
    public List<FittedExtractor> fit(ExtractionRows rows, List<Extraction> wanted) {
        Map<Integer, List<DenseEncoder>> byWidth = new HashMap<>();
        return wanted.stream()
                .map(w -> (FittedExtractor) byWidth.computeIfAbsent(w.width(), width -> train(rows, width))
                        .get(w.modality()))
                .toList();
    }

    private static List<DenseEncoder> train(ExtractionRows rows, int width) {
        return new ContrastiveTraining(rows.modalities(), rows.groups(), AlignmentOptions.of(width, rows.seed()))
                .train(rows.backend());
    }

    @Override
    public FittedExtractor restore(Map<String, float[]> state) {
        return DenseEncoder.restore(NAME, state);
    }
}
