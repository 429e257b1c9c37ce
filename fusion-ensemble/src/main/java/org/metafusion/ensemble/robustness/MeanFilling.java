package org.metafusion.ensemble.robustness;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.metafusion.core.modality.FeatureTable;
import org.metafusion.core.modality.Samples;
import org.metafusion.training.representation.Standardiser;

/**
 * Fills in a modality's mean over the training rows. Since inputs are standardised by the same mean, this is zero filling
 * of the standardised inputs; the two are one baseline.
 */
public final class MeanFilling implements Filling {

    private final List<Standardiser> standardisers;

    /** @param standardisers the model's, one a modality in the order of the rows to come */
    public MeanFilling(List<Standardiser> standardisers) {
        this.standardisers = List.copyOf(standardisers);
    }

    @Override
    public String label() {
        return "mean filling";
    }

    @Override
    public Samples fill(Samples rows) {
        List<FeatureTable> tables = new ArrayList<>();
        for (int m = 0; m < rows.tables().size(); m++) {
            tables.add(filled(rows.tables().get(m), standardisers.get(m).mean()));
        }
        return new Samples(rows.ids(), tables);
    }

    private static FeatureTable filled(FeatureTable table, float[] mean) {
        float[] values = table.values().clone();
        for (int row = 0; row < table.rows(); row++) {
            if (!table.isPresent(row)) {
                System.arraycopy(mean, 0, values, row * mean.length, mean.length);
            }
        }
        return new FeatureTable(table.modality(), table.rows(), values, new BitSet());
    }
}
