package org.metafusion.core.modality;

/**
 * A data set in its two parts: what may be learned from, and what is looked at once. Validation rows are carved out of
 * {@code train} by the trainer.
 */
public record SplitDataset(MultimodalDataset train, MultimodalDataset test) {}
