package org.metafusion.training.representation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.metafusion.core.FusionException;
import org.metafusion.core.cohort.Cohort;
import org.metafusion.core.modality.FeatureTable;
import org.metafusion.core.modality.MultimodalDataset;
import org.metafusion.core.modality.Samples;
import org.metafusion.core.port.TrainingRows;
import org.metafusion.core.representation.ExtractionRows;
import org.metafusion.core.representation.FeatureExtractor;
import org.metafusion.core.representation.FeatureUnits;
import org.metafusion.core.representation.FittedExtractor;
import org.metafusion.core.representation.Representation;
import org.metafusion.core.representation.StandardisedRows;
import org.metafusion.core.rows.RowValues;
import org.metafusion.core.tensor.TensorBackend;

/**
 * Everything fitted on the training rows before a network sees them: a standardiser a modality, the frozen extractors,
 * and the scaling of the targets.
 *
 * @param standardisers one a modality
 * @param extractors by input key; raw inputs have none
 * @param starts of the encoders that students fine-tune; of use in training alone
 */
public record Preparation(
        List<Standardiser> standardisers,
        SortedMap<InputKey, FittedExtractor> extractors,
        EncoderStarts starts,
        TargetScaling targets) {

    /** Of students that fine-tune nothing, or are trained already. */
    public Preparation(
            List<Standardiser> standardisers, SortedMap<InputKey, FittedExtractor> extractors, TargetScaling targets) {
        this(standardisers, extractors, EncoderStarts.NONE, targets);
    }

    /** What is left to be of use to the trained students of a cohort. */
    public Preparation forPrediction(Cohort kept) {
        SortedMap<InputKey, FittedExtractor> read = new TreeMap<>();
        extractors.forEach((key, extractor) -> {
            if (kept.students().stream()
                    .anyMatch(student -> isRead(key, student.representations().get(key.modality())))) {
                read.put(key, extractor.forPrediction());
            }
        });
        return new Preparation(standardisers, read, targets);
    }

    private static boolean isRead(InputKey key, Representation representation) {
        return representation instanceof Representation.Extracted extracted
                && InputKey.of(key.modality(), extracted, key.fold()).equals(key);
    }

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
     * Fits what the students of {@code cohort} need: standardisers and the targets' scaling on all rows to learn from,
     * extractors for each fold on the rows its copies learn from.
     *
     * @throws FusionException if a student needs an extractor that is not known, or a modality no training row has
     */
    public static Preparation fit(Cohort cohort, TrainingRows rows, Setup setup) {
        MultimodalDataset train = rows.train();
        List<Standardiser> standardisers = new ArrayList<>();
        for (FeatureTable table : train.samples().tables()) {
            if (table.missingCount() == table.rows()) {
                throw new FusionException(
                        "No training row has modality '" + table.modality().name() + "'; remove it or give it rows");
            }
            standardisers.add(Standardiser.fit(table));
        }
        Extractions.Fitted fitted = fitExtractors(cohort, rows, standardisers, setup);
        return new Preparation(
                List.copyOf(standardisers),
                new TreeMap<>(fitted.extractors),
                new EncoderStarts(fitted.starts),
                TargetScaling.fit(train.targets(), setup.targetDeviation()));
    }

    private static Extractions.Fitted fitExtractors(
            Cohort cohort, TrainingRows rows, List<Standardiser> standardisers, Setup setup) {
        Extractions wanted = new Extractions(cohort);
        Extractions.Fitted fitted = new Extractions.Fitted();
        for (int fold = 0; fold < rows.folds() && !wanted.isEmpty(); fold++) {
            int[] learned = ExtractionSample.USUAL.of(rows.train(), rows.learnedBy(fold));
            MultimodalDataset seen = learned.length == rows.train().rows()
                    ? rows.train()
                    : rows.train().select(learned);
            wanted.fit(extractionRows(seen, standardisers, setup), fold, setup.extractors(), fitted);
        }
        return fitted;
    }

    private static ExtractionRows extractionRows(
            MultimodalDataset learned, List<Standardiser> standardisers, Setup setup) {
        List<StandardisedRows> rows = new ArrayList<>();
        for (int m = 0; m < standardisers.size(); m++) {
            FeatureTable table = learned.samples().tables().get(m);
            if (table.missingCount() == table.rows()) {
                throw new FusionException("Only the rows of one fold have modality '"
                        + table.modality().name() + "'; remove it, give it rows, or fit with fewer folds");
            }
            rows.add(standardisers.get(m).rows(table));
        }
        List<FeatureUnits> units = standardisers.stream()
                .map(standardiser -> new FeatureUnits(standardiser.mean(), standardiser.scale()))
                .toList();
        return new ExtractionRows(rows, learned.targets(), setup.seed(), setup.backend(), units, learned.groups());
    }

    /**
     * A remark where extractors are not fitted on all rows to learn from, since these are very many.
     *
     * @param rows to learn from
     */
    public static Optional<String> remark(Cohort cohort, MultimodalDataset rows) {
        int sample = ExtractionSample.USUAL.rows(rows);
        return new Extractions(cohort).isEmpty() || rows.rows() <= sample
                ? Optional.empty()
                : Optional.of("Extractors are fitted on about " + sample + " of " + rows.rows()
                        + " training rows, drawn at" + " random; students learn from all");
    }

    /** The width of an input matrix. */
    public int width(InputKey key) {
        FittedExtractor extractor = extractors.get(key);
        return extractor == null ? standardisers.get(key.modality()).mean().length : extractor.width();
    }

    /** All frozen representations of {@code samples}, whose modalities are the cohort's, in its order. */
    public PreparedRows apply(Samples samples, Iterable<InputKey> keys) {
        Map<InputKey, RowValues> inputs = new LinkedHashMap<>();
        Map<Integer, RowValues> standardised = new LinkedHashMap<>();
        for (InputKey key : keys) {
            FeatureTable table = samples.tables().get(key.modality());
            RowValues values = standardised.computeIfAbsent(
                    key.modality(), m -> standardisers.get(m).values(table));
            FittedExtractor extractor = extractors.get(key);
            inputs.put(key, extractor == null ? values : new RowExtraction(key.label(), extractor).of(values));
        }
        List<BitSet> missing =
                samples.tables().stream().map(FeatureTable::missing).toList();
        return new PreparedRows(samples.rows(), inputs, missing);
    }

    /**
     * All frozen representations of the rows to learn from: for those that an extractor was fitted on what it says of them
     * {@linkplain FittedExtractor#outOfBag out of bag}, where it does.
     */
    public PreparedRows applyToLearned(TrainingRows rows, Iterable<InputKey> keys) {
        PreparedRows prepared = apply(rows.train().samples(), keys);
        Map<InputKey, RowValues> inputs = new LinkedHashMap<>();
        prepared.inputs()
                .forEach((key, values) -> inputs.put(
                        key,
                        Optional.ofNullable(extractors.get(key))
                                .flatMap(FittedExtractor::outOfBag)
                                .<RowValues>map(own -> outOfBag(rows, key, own, values))
                                .orElse(values)));
        return new PreparedRows(prepared.rows(), inputs, prepared.missing());
    }

    private static OutOfBagRows outOfBag(TrainingRows rows, InputKey key, float[] own, RowValues values) {
        FeatureTable table = rows.train().samples().tables().get(key.modality());
        int[] fitted = Arrays.stream(ExtractionSample.USUAL.of(rows.train(), rows.learnedBy(key.fold())))
                .filter(table::isPresent)
                .toArray();
        if (own.length != fitted.length * values.width()) {
            throw new IllegalStateException("Representation '" + key.label() + "' has " + own.length
                    + " values of rows out of bag but was fitted on " + fitted.length + " rows of width "
                    + values.width());
        }
        return new OutOfBagRows(values, fitted, own);
    }
}
