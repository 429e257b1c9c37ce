package org.metafusion.ensemble.study.contradiction;

import java.util.List;
import java.util.stream.Collectors;
import org.metafusion.ensemble.metric.LeadMetric;
import org.metafusion.ensemble.study.Claim;
import org.metafusion.ensemble.study.Finding;

/** What the points of a contradiction test say about its claims; scores are means over the seeds. */
final class ContradictionFindings {

    private final List<Contradicted> measured;
    private final LeadMetric metric;

    ContradictionFindings(List<Contradicted> measured, LeadMetric metric) {
        this.measured = measured;
        this.metric = metric;
    }

    Finding harms(Claim claim) {
        List<String> modalities = measured.stream()
                .filter(m -> Double.isFinite(m.without()))
                .map(Contradicted::modality)
                .distinct()
                .toList();
        if (modalities.isEmpty()) {
            return Finding.open(claim, "There is only one modality, so nothing can contradict it.");
        }
        boolean held = modalities.stream().allMatch(m -> without(m) > fused(m));
        String words = modalities.stream()
                .map(m -> "'" + m + "': fused " + metric.said(fused(m)) + ", left out " + metric.said(without(m)))
                .collect(Collectors.joining("; "));
        return Finding.of(claim, held, "With every row contradicting, by modality: " + words + ".");
    }

    Finding late(Claim claim) {
        double committee =
                measured.stream().mapToDouble(m -> m.point().score()).average().orElseThrow();
        double late =
                measured.stream().mapToDouble(m -> m.point().late()).average().orElseThrow();
        return Finding.of(
                claim,
                committee > late,
                "Mean " + metric.label() + " over modalities and shares: committee " + metric.said(committee)
                        + ", late fusion " + metric.said(late) + ".");
    }

    private double fused(String modality) {
        return measured.stream()
                .filter(m -> m.modality().equals(modality) && m.point().level() == 1)
                .mapToDouble(m -> m.point().score())
                .average()
                .orElseThrow();
    }

    private double without(String modality) {
        return measured.stream()
                .filter(m -> m.modality().equals(modality))
                .mapToDouble(Contradicted::without)
                .average()
                .orElseThrow();
    }
}
