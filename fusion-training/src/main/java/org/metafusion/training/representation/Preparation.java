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
import org.metafusion.core.representation.ExtractionRows;
import org.metafusion.core.representation.FeatureExtractor;
import org.metafusion.core.representation.FittedExtractor;
import org.metafusion.core.representation.StandardisedRows;
import org.metafusion.core.tensor.TensorBackend;

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
     * What a preparation is fitted with.
     *
     * @param extractors by name
     * @param backend for extractors that train networks
     * @param targetDeviation the standard deviation to which regression targets are scaled
     * @param seed for what extractors draw
     */
    public record Setup(
            Map<String, FeatureExtractor> extractors, TensorBackend backend, double targetDeviation, long seed) {}

    /**
     * Fits on {@code train} what the students of {@code cohort} need.
     *
     * @throws FusionException if a student needs an extractor that is not known, or a modality no training row has
     */
    public static Preparation fit(Cohort cohort, MultimodalDataset train, Setup setup) {
        List<Standardiser> standardisers = new ArrayList<>();
        for (FeatureTable table : train.samples().tables()) {
            if (table.missingCount() == table.rows()) {
                throw new FusionException(
                        "No training row has modality '" + table.modality().name() + "'; remove it or give it rows");
            }
            standardisers.add(Standardiser.fit(table));
        }
        return new Preparation(
                List.copyOf(standardisers),
                fitExtractors(cohort, train, standardisers, setup),
                TargetScaling.fit(train.targets(), setup.targetDeviation()));
    }

    private static SortedMap<InputKey, FittedExtractor> fitExtractors(
            Cohort cohort, MultimodalDataset train, List<Standardiser> standardisers, Setup setup) {
        Extractions wanted = new Extractions(cohort);
        if (wanted.isEmpty()) {
            return new TreeMap<>();
        }
        List<StandardisedRows> rows = new ArrayList<>();
        for (int m = 0; m < standardisers.size(); m++) {
            rows.add(standardisers.get(m).rows(train.samples().tables().get(m)));
        }
        return wanted.fit(new ExtractionRows(rows, train.targets(), setup.seed(), setup.backend()), setup.extractors());
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
            inputs.put(key, extractor == null ? values : extracted(key, extractor, values, samples.rows()));
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

    private static float[] extracted(InputKey key, FittedExtractor extractor, float[] values, int rows) {
        float[] features = extractor.apply(values, rows);
        if (features.length != rows * extractor.width()) {
            throw new IllegalStateException("Representation '" + key.label() + "' of " + rows + " rows must have "
                    + rows + " x " + extractor.width() + " values but its extractor gave " + features.length);
        }
        return features;
    }
}
