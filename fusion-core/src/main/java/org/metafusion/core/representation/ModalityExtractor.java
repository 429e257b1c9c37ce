package org.metafusion.core.representation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A feature extractor that looks at one modality at a time, and only at the rows that have it. */
public interface ModalityExtractor extends FeatureExtractor {

    /**
     * Fits on one modality's training rows; several representations at once, since they often share the work.
     *
     * @param rows none of them missing
     * @param widths the widths asked for, none twice
     * @param seed for whatever is drawn
     * @return one for each width, in that order; it may be narrower where the data have a lower rank
     */
    List<FittedExtractor> fit(StandardisedRows rows, int[] widths, long seed);

    @Override
    default List<FittedExtractor> fit(ExtractionRows rows, List<Extraction> wanted) {
        FittedExtractor[] fitted = new FittedExtractor[wanted.size()];
        int[] modalities =
                wanted.stream().mapToInt(Extraction::modality).distinct().toArray();
        for (int m : modalities) {
            List<Integer> places = new ArrayList<>();
            for (int i = 0; i < fitted.length; i++) {
                if (wanted.get(i).modality() == m) {
                    places.add(i);
                }
            }
            int[] widths = places.stream().mapToInt(i -> wanted.get(i).width()).toArray();
            List<FittedExtractor> own = fit(rows.modalities().get(m).present(), widths, rows.seed(m));
            if (own.size() != widths.length) {
                throw new IllegalStateException("Extractor '" + name() + "' was asked for " + widths.length
                        + " representations but gave " + own.size() + "; it must give one for each width");
            }
            for (int i = 0; i < widths.length; i++) {
                fitted[places.get(i)] = own.get(i);
            }
        }
        return Arrays.asList(fitted);
    }
}
