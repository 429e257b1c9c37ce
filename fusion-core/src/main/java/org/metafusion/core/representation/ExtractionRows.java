package org.metafusion.core.representation;

import java.util.List;
import org.metafusion.core.modality.RowGroups;
import org.metafusion.core.modality.Targets;
import org.metafusion.core.tensor.TensorBackend;

/**
 * The training rows that extractors are fitted on.
 *
 * @param modalities each modality's features, all of the same rows, standardised on those that have the modality
 * @param targets of the same rows, in their own unit
 * @param seed for whatever is drawn: with the same rows and seed an extractor must give the same features
 * @param backend to train networks on; belongs to the caller and stays open
 * @param units how each modality's features were standardised, for extractors that need them in their own unit
 * @param groups the group of each row, such as the patient a sample is of; empty where rows are independent
 */
public record ExtractionRows(
        List<StandardisedRows> modalities,
        Targets targets,
        long seed,
        TensorBackend backend,
        List<FeatureUnits> units,
        List<String> groups) {

    public ExtractionRows {
        modalities = List.copyOf(modalities);
        units = List.copyOf(units);
        groups = List.copyOf(groups);
    }

    /** Independent rows whose standardised features are their own unit. */
    public ExtractionRows(List<StandardisedRows> modalities, Targets targets, long seed, TensorBackend backend) {
        this(
                modalities,
                targets,
                seed,
                backend,
                modalities.stream().map(rows -> FeatureUnits.none(rows.width())).toList(),
                List.of());
    }

    /** The groups of some rows; empty where rows are independent. */
    public List<String> groups(int[] rows) {
        return RowGroups.of(rows, groups);
    }

    /** A seed of its own for a modality. */
    public long seed(int modality) {
        return (seed ^ 0x9E3779B97F4A7C15L) + modality * 0xD1B54A32D192ED03L;
    }
}
