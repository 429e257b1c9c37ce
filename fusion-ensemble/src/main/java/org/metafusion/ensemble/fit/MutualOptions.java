package org.metafusion.ensemble.fit;

import java.util.List;
import org.metafusion.core.FusionException;
import org.metafusion.ensemble.screening.ClusterCount;
import org.metafusion.ensemble.screening.DivergenceScheme;

/**
 * How students learn from each other.
 *
 * @param scheme who teaches whom
 * @param rhos the weights of the divergence to choose from; 0 is training alone
 * @param clusters how the number of clusters of the screening is chosen
 * @param judge by what rho is chosen
 * @param continued whether phase 2 starts from the weights of phase 1 rather than from the initial ones
 */
public record MutualOptions(
        DivergenceScheme scheme, List<Double> rhos, ClusterCount clusters, RhoJudge judge, boolean continued) {

    public MutualOptions {
        rhos = rhos.stream().distinct().sorted().toList();
        if (rhos.isEmpty() || rhos.stream().anyMatch(rho -> !(rho >= 0) || rho.isInfinite())) {
            throw new FusionException("Option 'rhos' must list numbers of 0 or more but is " + rhos);
        }
    }

    public MutualOptions withRhos(List<Double> other) {
        return new MutualOptions(scheme, other, clusters, judge, continued);
    }

    public MutualOptions withScheme(DivergenceScheme other) {
        return new MutualOptions(other, rhos, clusters, judge, continued);
    }
}
