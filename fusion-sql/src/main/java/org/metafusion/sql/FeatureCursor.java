package org.metafusion.sql;

import java.util.List;

/** Reads some columns of a table from its first row to its last, in step with other cursors. */
interface FeatureCursor extends AutoCloseable {

    /** What to do about a row of which some is missing. */
    String MEND = "fill them in, or leave all of them NULL to mark the modality as missing";

    /**
     * Reads the next rows.
     *
     * @param first the number of the first of them
     * @param sinks one a modality, in the order of the plans
     * @throws org.metafusion.core.FusionException if there are fewer, or a value cannot be used
     */
    void read(int first, int count, List<FeatureSink> sinks);

    @Override
    void close();
}
