package org.metafusion.core.modality;

import java.util.List;

/**
 * Labelled multimodal data: samples and their targets, row by row.
 *
 * @param name shown in tables and kept in a model's provenance
 * @param groups the group of each row, such as the patient a sample is of; empty where rows are independent. Rows of one
 *     group are never divided between what is learned from and what is judged by
 */
public record MultimodalDataset(String name, Samples samples, Targets targets, List<String> groups) {

    public MultimodalDataset {
        groups = List.copyOf(groups);
        if (!groups.isEmpty() && groups.size() != samples.rows()) {
            throw new IllegalArgumentException(
                    "Data set '" + name + "' has " + samples.rows() + " rows but " + groups.size() + " groups");
        }
        if (samples.rows() != targets.rows()) {
            throw new IllegalArgumentException(
                    "Data set '" + name + "' has " + samples.rows() + " rows but " + targets.rows() + " targets");
        }
    }

    /** Of independent rows. */
    public MultimodalDataset(String name, Samples samples, Targets targets) {
        this(name, samples, targets, List.of());
    }

    /** The same rows in the given groups. */
    public MultimodalDataset withGroups(List<String> other) {
        return new MultimodalDataset(name, samples, targets, other);
    }

    public int rows() {
        return samples.rows();
    }

    public Task task() {
        return targets.task();
    }

    public List<Modality> modalities() {
        return samples.modalities();
    }

    /** The given rows, in the given order. */
    public MultimodalDataset select(int[] rows) {
        return new MultimodalDataset(name, samples.select(rows), targets.select(rows), RowGroups.of(rows, groups));
    }
}
