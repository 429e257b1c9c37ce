package org.metafusion.ensemble.model;

import java.util.List;
import java.util.Map;

/**
 * Why a model says what it says about one input.
 *
 * @param members of the committee that was asked, in order of joining
 * @param contributions by modality that was there: its exact Shapley value, over all sets of these modalities, of the
 *     predicted class's probability or of the first predicted value. They add up to that figure less {@link #base}
 * @param base what would be said with no modality: every class as likely as the others, or the training targets' mean
 */
public record Explanation(Prediction prediction, List<Member> members, Map<String, Double> contributions, double base) {

    /**
     * A member's part.
     *
     * @param student its representations and operator
     * @param weight in the committee
     * @param values what it says alone: class probabilities, or values in the unit of the targets
     */
    public record Member(String student, double weight, double[] values) {}
}
