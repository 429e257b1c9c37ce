package org.metafusion.data.folder;

import org.metafusion.core.modality.SplitDataset;

/** What a data folder held, and what is to be said about it. */
public record FolderData(SplitDataset dataset, DataReport report) {}
