package org.metafusion.ensemble.fit;

import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.metafusion.core.representation.FeatureExtractor;
import org.metafusion.core.representation.Representation;
import org.metafusion.core.student.HeadSpec;
import org.metafusion.core.student.StudentSpec;

/**
 * Pairs representations with the heads that suit them, where a cohort has linear heads as well as others: a student that
 * reads a representation which {@linkplain FeatureExtractor#suitsLinearHeads suits linear heads} gets a linear one, one
 * that reads raw features alone any, and another one with a hidden layer. So a cohort has kernel machines, linear models
 * and networks, and spends its time on the networks.
 */
final class HeadChoice implements Predicate<StudentSpec> {

    private final Map<String, FeatureExtractor> extractors;
    private final boolean isFree;

    HeadChoice(Map<String, FeatureExtractor> extractors, List<HeadSpec> heads) {
        this.extractors = extractors;
        this.isFree =
                heads.stream().allMatch(HeadChoice::isLinear) || heads.stream().noneMatch(HeadChoice::isLinear);
    }

    private static boolean isLinear(HeadSpec head) {
        return head.hidden().isEmpty();
    }

    @Override
    public boolean test(StudentSpec student) {
        if (isFree) {
            return true;
        }
        if (student.representations().stream().anyMatch(this::suitsLinearHeads)) {
            return isLinear(student.head());
        }
        return !isLinear(student.head()) || student.representations().stream().allMatch(HeadChoice::isRawOrNull);
    }

    private boolean suitsLinearHeads(Representation representation) {
        return representation instanceof Representation.Extracted extracted
                && extractors.containsKey(extracted.extractor())
                && extractors.get(extracted.extractor()).suitsLinearHeads();
    }

    private static boolean isRawOrNull(Representation representation) {
        return !representation.isPresent() || representation instanceof Representation.Raw;
    }
}
