package org.metafusion.ensemble.fit;

import java.util.List;
import java.util.Map;
import org.metafusion.core.FusionException;
import org.metafusion.core.fusion.FusionOperators;
import org.metafusion.core.fusion.OperatorSizes;
import org.metafusion.core.student.HeadSpec;

/**
 * What the cohort is made of.
 *
 * @param representations for each modality named here, the labels of its representations, see
 *     {@link RepresentationLabels}; the other modalities get the default ones
 * @param heads hidden widths of each kind of head
 * @param suitedHeads whether representations get only the heads that suit them ({@link HeadChoice}), where some heads are
 *     linear and some are not
 * @param operators names of fusion operators, which may hold sizes, see {@link FusionOperators}
 * @param operatorSizes of the operators whose names leave them open
 * @param maxStudents the cap
 * @param encoders files of pretrained encoders by the name that representations give them, see {@link Extractors#of}
 */
public record CohortOptions(
        Map<String, List<String>> representations,
        List<HeadSpec> heads,
        boolean suitedHeads,
        List<String> operators,
        OperatorSizes operatorSizes,
        int maxStudents,
        Map<String, String> encoders) {

    public CohortOptions {
        encoders = Map.copyOf(encoders);
        representations = Map.copyOf(representations);
        heads = List.copyOf(heads);
        operators = List.copyOf(operators);
        if (maxStudents < 1) {
            throw new FusionException("Option 'maxStudents' must be 1 or more but is " + maxStudents);
        }
    }

    /** Without encoders in files. */
    public CohortOptions(
            Map<String, List<String>> representations,
            List<HeadSpec> heads,
            boolean suitedHeads,
            List<String> operators,
            OperatorSizes operatorSizes,
            int maxStudents) {
        this(representations, heads, suitedHeads, operators, operatorSizes, maxStudents, Map.of());
    }

    /** With operators of the usual sizes. */
    public CohortOptions(
            Map<String, List<String>> representations,
            List<HeadSpec> heads,
            boolean suitedHeads,
            List<String> operators,
            int maxStudents) {
        this(representations, heads, suitedHeads, operators, OperatorSizes.USUAL, maxStudents);
    }

    /**
     * The operators' own names, sizes included, each once.
     *
     * @throws FusionException if one is not known
     */
    public List<String> sizedOperators() {
        FusionOperators known = FusionOperators.standard();
        return operators.stream()
                .map(name -> known.named(name, operatorSizes).name())
                .distinct()
                .toList();
    }
}
