package org.metafusion.training.representation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.metafusion.core.FusionException;
import org.metafusion.core.cohort.Cohort;
import org.metafusion.core.representation.Extraction;
import org.metafusion.core.representation.ExtractionRows;
import org.metafusion.core.representation.FeatureExtractor;
import org.metafusion.core.representation.FittedExtractor;
import org.metafusion.core.representation.Representation;
import org.metafusion.core.student.StudentSpec;

/** The extracted representations the students of a cohort read, by extractor. */
final class Extractions {

    private record Wanted(int modality, Representation.Extracted representation) {}

    private final Map<String, Set<Wanted>> byExtractor = new LinkedHashMap<>();

    Extractions(Cohort cohort) {
        for (int m = 0; m < cohort.modalities().size(); m++) {
            for (StudentSpec student : cohort.students()) {
                if (student.representations().get(m) instanceof Representation.Extracted extracted) {
                    byExtractor
                            .computeIfAbsent(extracted.extractor(), name -> new LinkedHashSet<>())
                            .add(new Wanted(m, extracted));
                }
            }
        }
    }

    boolean isEmpty() {
        return byExtractor.isEmpty();
    }

    /**
     * Fits each extractor once.
     *
     * @param rows what the copies of {@code fold} learn from
     * @throws FusionException if one is not known
     */
    SortedMap<InputKey, FittedExtractor> fit(ExtractionRows rows, int fold, Map<String, FeatureExtractor> known) {
        SortedMap<InputKey, FittedExtractor> all = new TreeMap<>();
        byExtractor.forEach((name, wanted) -> {
            FeatureExtractor extractor = known.get(name);
            if (extractor == null) {
                throw new FusionException(
                        "Unknown extractor '" + name + "'; known are " + new java.util.TreeSet<>(known.keySet()));
            }
            List<Extraction> asked = new ArrayList<>();
            wanted.forEach(w -> asked.add(new Extraction(w.modality(), width(extractor, w.representation()))));
            List<FittedExtractor> fitted = extractor.fit(rows, asked);
            if (fitted.size() != asked.size()) {
                throw new IllegalStateException("Extractor '" + name + "' was asked for " + asked.size()
                        + " representations but gave " + fitted.size());
            }
            int i = 0;
            for (Wanted w : wanted) {
                all.put(InputKey.of(w.modality(), w.representation(), fold), fitted.get(i++));
            }
        });
        return all;
    }

    private static int width(FeatureExtractor extractor, Representation.Extracted representation) {
        OptionalInt own = extractor.ownWidth();
        if (own.isPresent() != (representation.width() == Representation.Extracted.OWN_WIDTH)) {
            throw new FusionException(
                    own.isPresent()
                            ? "Extractor '" + extractor.name() + "' gives " + own.getAsInt() + " features; write '"
                                    + extractor.name() + "' in place of '" + representation.label() + "'"
                            : "Extractor '" + extractor.name() + "' needs a width; write '" + extractor.name()
                                    + "32' in place of '" + representation.label() + "', with a width of your own");
        }
        return own.orElse(representation.width());
    }
}
