package org.metafusion.training.representation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import org.metafusion.core.FusionException;
import org.metafusion.core.cohort.Cohort;
import org.metafusion.core.representation.EncoderLayers;
import org.metafusion.core.representation.Extraction;
import org.metafusion.core.representation.ExtractionRows;
import org.metafusion.core.representation.FeatureExtractor;
import org.metafusion.core.representation.FittedExtractor;
import org.metafusion.core.representation.Representation;
import org.metafusion.core.representation.Representation.Extracted;
import org.metafusion.core.representation.Representation.Tuned;
import org.metafusion.core.student.StudentSpec;

/**
 * The extracted representations the students of a cohort read or start from, by extractor. What is both read and started
 * from is fitted once.
 */
final class Extractions {

    private record Wanted(int modality, Extracted representation) {}

    private final Map<String, Set<Wanted>> byExtractor = new LinkedHashMap<>();
    private final Set<Wanted> frozen = new LinkedHashSet<>();
    private final Map<Wanted, Tuned> tuned = new LinkedHashMap<>();

    /** What extractors were fitted to: {@code extractors} computes inputs, {@code starts} begins encoders. */
    static final class Fitted {
        final Map<InputKey, FittedExtractor> extractors = new TreeMap<>();
        final Map<EncoderStarts.Key, EncoderLayers> starts = new HashMap<>();
    }

    Extractions(Cohort cohort) {
        for (int m = 0; m < cohort.modalities().size(); m++) {
            for (StudentSpec student : cohort.students()) {
                Representation representation = student.representations().get(m);
                if (representation instanceof Extracted extracted) {
                    frozen.add(wanted(m, extracted));
                } else if (representation instanceof Tuned fineTuned) {
                    tuned.put(wanted(m, fineTuned.start()), fineTuned);
                }
            }
        }
    }

    private Wanted wanted(int modality, Extracted representation) {
        Wanted wanted = new Wanted(modality, representation);
        byExtractor
                .computeIfAbsent(representation.extractor(), name -> new LinkedHashSet<>())
                .add(wanted);
        return wanted;
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
    void fit(ExtractionRows rows, int fold, Map<String, FeatureExtractor> known, Fitted all) {
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
                FittedExtractor one = fitted.get(i++);
                if (frozen.contains(w)) {
                    all.extractors.put(InputKey.of(w.modality(), w.representation(), fold), one);
                }
                if (tuned.containsKey(w)) {
                    Tuned representation = Objects.requireNonNull(tuned.get(w));
                    int inputs = rows.modalities().get(w.modality()).width();
                    all.starts.put(
                            new EncoderStarts.Key(w.modality(), representation, fold),
                            encoder(one, representation, inputs));
                }
            }
        });
    }

    private static EncoderLayers encoder(FittedExtractor fitted, Tuned representation, int inputs) {
        EncoderLayers encoder = fitted.encoder()
                .orElseThrow(() -> new IllegalStateException("Extractor '"
                        + representation.start().extractor() + "' announced a dense encoder but fitted none"));
        if (!encoder.form().equals(representation.form()) || encoder.inputs() != inputs) {
            throw new IllegalStateException("Extractor '"
                    + representation.start().extractor() + "' announced "
                    + representation.form() + " of " + inputs + " features but fitted " + encoder.form() + " of "
                    + encoder.inputs());
        }
        return encoder;
    }

    private static int width(FeatureExtractor extractor, Extracted representation) {
        OptionalInt own = extractor.ownWidth();
        if (own.isPresent() != (representation.width() == Extracted.OWN_WIDTH)) {
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
