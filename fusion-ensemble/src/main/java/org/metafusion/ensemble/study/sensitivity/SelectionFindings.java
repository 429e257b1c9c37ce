package org.metafusion.ensemble.study.sensitivity;

import java.util.List;
import org.metafusion.ensemble.study.Claim;
import org.metafusion.ensemble.study.Finding;
import org.metafusion.ensemble.study.Lead;

/** What the losses say about the claims, by the differences on the same data. */
final class SelectionFindings {

    private final List<Chosen> chosen;

    SelectionFindings(List<Chosen> chosen) {
        this.chosen = chosen;
    }

    Finding silhouette(Claim claim) {
        List<Lead> leads = chosen.stream()
                .filter(c -> c.what().equals(SelectionStudy.CLUSTERS))
                .map(Chosen::value)
                .distinct()
                .filter(value -> !value.equals("silhouette"))
                .map(value -> lead(value, SelectionStudy.CLUSTERS, value, "silhouette"))
                .toList();
        return Lead.notBehind(
                claim, leads, "Loss with others above that with silhouette: " + Lead.figures(leads) + ".");
    }

    Finding pruning(Claim claim) {
        Lead lead = lead("loss without pruning over loss with", SelectionStudy.PRUNED, "0.0", "0.2");
        return Lead.notBehind(claim, List.of(lead), "The committee's test " + lead.figures() + ".");
    }

    private Lead lead(String name, String what, String behind, String ahead) {
        return Lead.of(name, losses(what, behind), losses(what, ahead));
    }

    private double[] losses(String what, String value) {
        return chosen.stream()
                .filter(c -> c.what().equals(what) && c.value().equals(value))
                .mapToDouble(Chosen::loss)
                .toArray();
    }
}
