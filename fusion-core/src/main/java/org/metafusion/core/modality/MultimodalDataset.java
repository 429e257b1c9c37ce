package org.metafusion.core.modality;

import java.util.List;

/**
 * Labelled multimodal data: samples and their targets, row by row.
 *
 * @param name shown in tables and kept in a model's provenance
 */
public record MultimodalDataset(String name, Samples samples, Targets targets) {

    public MultimodalDataset {
        if (samples.rows() != targets.rows()) {
            throw new IllegalArgumentException(
                    "Data set '" + name + "' has " + samples.rows() + " rows but " + targets.rows() + " targets");
        }
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
        return new MultimodalDataset(name, samples.select(rows), targets.select(rows));
    }
}
