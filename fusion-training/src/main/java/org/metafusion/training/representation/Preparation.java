package org.metafusion.training.representation;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.metafusion.core.FusionException;
import org.metafusion.core.cohort.Cohort;
import org.metafusion.core.modality.FeatureTable;
import org.metafusion.core.modality.MultimodalDataset;
import org.metafusion.core.modality.Samples;
import org.metafusion.core.port.TrainingRows;
import org.metafusion.core.representation.FeatureExtractor;
import org.metafusion.core.representation.FittedExtractor;
import org.metafusion.core.representation.Representation;
import org.metafusion.core.student.StudentSpec;

/**
 * Everything fitted on the training rows before a network sees them: a standardiser a modality, the frozen extractors,
 * and the scaling of the targets.
 *
 * @param standardisers one a modality
 * @param extractors by input key; raw inputs have none
 */
public record Preparation(
        List<Standardiser> standardisers, SortedMap<InputKey, FittedExtractor> extractors, TargetScaling targets) {

    /**
     * Fits what the students of {@code cohort} need: standardisers and the targets' scaling on all rows to learn from,
     * extractors for each fold on the rows its copies learn from.
     *
     * @param known the extractors by name
     * @param targetDeviation the standard deviation to which regression targets are scaled
     * @throws FusionException if a student needs an extractor that is not known, or a modality no training row has
     */
    public static Preparation fit(
            Cohort cohort, TrainingRows rows, Map<String, FeatureExtractor> known, double targetDeviation) {
        MultimodalDataset train = rows.train();
        List<Standardiser> standardisers = new ArrayList<>();
        SortedMap<InputKey, FittedExtractor> extractors = new TreeMap<>();
        for (int m = 0; m < cohort.modalities().size(); m++) {
            FeatureTable table = train.samples().tables().get(m);
            if (table.missingCount() == table.rows()) {
                throw new FusionException(
                        "No training row has modality '" + table.modality().name() + "'; remove it or give it rows");
            }
            Standardiser standardiser = Standardiser.fit(table);
            standardisers.add(standardiser);
            for (int fold = 0; fold < rows.folds(); fold++) {
                float[] values = presentRows(table, rows.learnedBy(fold), standardiser);
                fitExtractors(cohort, new Fold(m, fold), values, known, extractors);
            }
        }
        return new Preparation(
                List.copyOf(standardisers), extractors, TargetScaling.fit(train.targets(), targetDeviation));
    }

    /** A modality as copies of one fold learn it. */
    private record Fold(int modality, int fold) {}

    private static float[] presentRows(FeatureTable table, int[] rows, Standardiser standardiser) {
        int[] present = java.util.Arrays.stream(rows).filter(table::isPresent).toArray();
        if (present.length == 0) {
            throw new FusionException("Only the rows of one fold have modality '"
                    + table.modality().name() + "'; remove it, give it rows, or fit with fewer folds");
        }
        return standardiser.apply(table.select(present));
    }

    private static void fitExtractors(
            Cohort cohort,
            Fold fold,
            float[] values,
            Map<String, FeatureExtractor> known,
            SortedMap<InputKey, FittedExtractor> extractors) {
        Map<String, List<Representation.Extracted>> wanted = new LinkedHashMap<>();
        for (StudentSpec student : cohort.students()) {
            if (student.representations().get(fold.modality()) instanceof Representation.Extracted extracted) {
                List<Representation.Extracted> sameKind =
                        wanted.computeIfAbsent(extracted.extractor(), name -> new ArrayList<>());
                if (!sameKind.contains(extracted)) {
                    sameKind.add(extracted);
                }
            }
        }
        int width = cohort.modalities().get(fold.modality()).width();
        wanted.forEach((name, representations) -> {
            FeatureExtractor extractor = known.get(name);
            if (extractor == null) {
                throw new FusionException("Unknown extractor '" + name + "'; known are " + known.keySet());
            }
            int[] widths = representations.stream()
                    .mapToInt(Representation.Extracted::width)
                    .toArray();
            List<FittedExtractor> fitted = extractor.fit(values, values.length / width, width, widths);
            for (int i = 0; i < fitted.size(); i++) {
                extractors.put(InputKey.of(fold.modality(), representations.get(i), fold.fold()), fitted.get(i));
            }
        });
    }

    /** The width of an input matrix. */
    public int width(InputKey key) {
        FittedExtractor extractor = extractors.get(key);
        return extractor == null ? standardisers.get(key.modality()).mean().length : extractor.width();
    }

    /** All frozen representations of {@code samples}, whose modalities are the cohort's, in its order. */
    public PreparedRows apply(Samples samples, Iterable<InputKey> keys) {
        Map<InputKey, float[]> inputs = new LinkedHashMap<>();
        List<BitSet> missing = new ArrayList<>();
        Map<Integer, float[]> standardised = new LinkedHashMap<>();
        for (InputKey key : keys) {
            FeatureTable table = samples.tables().get(key.modality());
            float[] values = standardised.computeIfAbsent(
                    key.modality(), m -> standardisers.get(m).apply(table));
            FittedExtractor extractor = extractors.get(key);
            inputs.put(key, extractor == null ? values : extractor.apply(values, samples.rows()));
        }
        for (FeatureTable table : samples.tables()) {
            BitSet lacking = new BitSet();
            for (int row = 0; row < samples.rows(); row++) {
                lacking.set(row, !table.isPresent(row));
            }
            missing.add(lacking);
        }
        return new PreparedRows(samples.rows(), inputs, missing);
    }
}
