package org.metafusion.ensemble.study.sensitivity;

import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.metafusion.ensemble.study.Claim;
import org.metafusion.ensemble.study.Finding;
import org.metafusion.ensemble.study.Lead;

/** What a sweep says about the claims; each seed chooses its rho by validation loss and is compared on test rows. */
final class RhoFindings {

    private final List<Swept> swept;
    private final long[] seeds;
    private final double largest;

    RhoFindings(List<Swept> swept) {
        this.swept = swept;
        this.seeds = swept.stream().mapToLong(Swept::seed).distinct().toArray();
        this.largest = swept.stream().mapToDouble(Swept::rho).max().orElseThrow();
    }

    Finding helps(Claim claim) {
        Lead lead = lead("loss alone over loss under the chosen rho", 0, Swept::top);
        return Lead.ahead(claim, List.of(lead), "Top performers' test " + lead.figures() + "; chosen: " + chosen());
    }

    Finding critical(Claim claim) {
        Lead lead = lead("loss under rho " + largest + " over loss under the chosen rho", largest, Swept::committee);
        return Lead.ahead(claim, List.of(lead), "Committees' test " + lead.figures() + "; chosen: " + chosen());
    }

    private String chosen() {
        List<String> rhos = java.util.Arrays.stream(seeds)
                .mapToObj(seed -> Double.toString(best(seed).rho()))
                .toList();
        return String.join(", ", rhos) + ".";
    }

    private Lead lead(String name, double rho, ToDoubleFunction<Swept> loss) {
        double[] values = new double[seeds.length];
        for (int i = 0; i < seeds.length; i++) {
            values[i] = loss.applyAsDouble(at(seeds[i], rho)) - loss.applyAsDouble(best(seeds[i]));
        }
        return new Lead(name, values);
    }

    private Swept at(long seed, double rho) {
        return swept.stream()
                .filter(s -> s.seed() == seed && s.rho() == rho)
                .findFirst()
                .orElseThrow();
    }

    private Swept best(long seed) {
        return swept.stream()
                .filter(s -> s.seed() == seed)
                .min(Comparator.comparingDouble(Swept::judged))
                .orElseThrow();
    }
}
