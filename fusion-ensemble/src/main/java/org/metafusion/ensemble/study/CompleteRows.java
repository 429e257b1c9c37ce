package org.metafusion.ensemble.study;

import java.util.stream.IntStream;
import org.metafusion.core.FusionException;
import org.metafusion.core.modality.MultimodalDataset;
import org.metafusion.core.modality.SplitDataset;

/** Rows that have every modality, for studies that ask students of all of them. */
public final class CompleteRows {

    private CompleteRows() {}

    /** A data set with those of its test rows. */
    public static SplitDataset tested(SplitDataset data) {
        return new SplitDataset(data.train(), of(data.test()));
    }

    /** @throws FusionException if there are none */
    public static MultimodalDataset of(MultimodalDataset rows) {
        int modalities = rows.modalities().size();
        int[] complete = IntStream.range(0, rows.rows())
                .filter(row -> rows.samples().available(row).cardinality() == modalities)
                .toArray();
        if (complete.length == 0) {
            throw new FusionException("No test row of '" + rows.name() + "' has every modality, which this study needs;"
                    + " leave out the modality that is missing");
        }
        return complete.length == rows.rows() ? rows : rows.select(complete);
    }
}
