package org.metafusion.serve;

import java.util.List;
import org.metafusion.core.modality.Sample;

/**
 * The body of a prediction request.
 *
 * @param isBatch whether rows were asked for, in a list
 */
record Query(List<Row> rows, boolean isBatch) {

    /** @param id as sent, or empty */
    record Row(String id, Sample sample) {}
}
