package org.metafusion.ensemble.fit;

import java.util.List;
import java.util.Map;
import org.metafusion.core.FusionException;
import org.metafusion.core.student.HeadSpec;

/**
 * What the cohort is made of.
 *
 * @param representations for each modality named here, the labels of its representations, see
 *     {@link RepresentationLabels}; the other modalities get the default ones
 * @param heads hidden widths of each kind of head
 * @param suitedHeads whether representations get only the heads that suit them ({@link HeadChoice}), where some heads are
 *     linear and some are not
 * @param operators names of fusion operators
 * @param maxStudents the cap
 */
public record CohortOptions(
        Map<String, List<String>> representations,
        List<HeadSpec> heads,
        boolean suitedHeads,
        List<String> operators,
        int maxStudents) {

    public CohortOptions {
        representations = Map.copyOf(representations);
        heads = List.copyOf(heads);
        operators = List.copyOf(operators);
        if (maxStudents < 1) {
            throw new FusionException("Option 'maxStudents' must be 1 or more but is " + maxStudents);
        }
    }
}
