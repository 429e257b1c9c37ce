package org.metafusion.sql;

import java.util.List;
import org.metafusion.core.modality.Modality;

/**
 * A modality and the columns it is read from.
 *
 * @param parts empty where the table does not have the modality
 */
record ModalityPlan(Modality modality, List<FeaturePart> parts) {

    ModalityPlan {
        parts = List.copyOf(parts);
    }
}
