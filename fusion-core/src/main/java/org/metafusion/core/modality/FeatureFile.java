package org.metafusion.core.modality;

import java.util.BitSet;
import org.metafusion.core.rows.RowFile;

/** A table of features on its way into a temporary file, block by block, so that it need not lie in the heap. */
public final class FeatureFile implements AutoCloseable {

    private final Modality modality;
    private final RowFile file;
    private final BitSet missing = new BitSet();
    private int rows;

    private FeatureFile(Modality modality, RowFile file) {
        this.modality = modality;
        this.file = file;
    }

    /**
     * With no row yet.
     *
     * @param rows that are to come
     * @throws org.metafusion.core.FusionException if the temporary folder has no room for them
     */
    public static FeatureFile create(Modality modality, int rows) {
        return new FeatureFile(modality, RowFile.create(rows, modality.width()));
    }

    /** Adds the rows of a table of the same modality. */
    public void append(FeatureTable block) {
        if (!block.modality().equals(modality)) {
            throw new IllegalArgumentException("Rows of modality '"
                    + block.modality().name() + "' do not go into a file of modality '" + modality.name() + "'");
        }
        file.append(block.values(), block.rows());
        block.missing().stream().forEach(row -> missing.set(rows + row));
        rows += block.rows();
    }

    /** The rows added so far. */
    public FeatureTable table() {
        return new FeatureTable(modality, file.rows(), (BitSet) missing.clone());
    }

    /** No more rows can be added; the table stays. */
    @Override
    public void close() {
        file.close();
    }
}
