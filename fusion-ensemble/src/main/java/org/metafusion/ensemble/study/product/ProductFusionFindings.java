package org.metafusion.ensemble.study.product;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.metafusion.core.fusion.Concatenation;
import org.metafusion.core.fusion.ProductFusion;
import org.metafusion.core.fusion.TensorFusion;
import org.metafusion.ensemble.study.Claim;
import org.metafusion.ensemble.study.Finding;
import org.metafusion.ensemble.study.Lead;

/** What the scores say about the claims; accuracies are means over the seeds. */
final class ProductFusionFindings {

    private static final double LEARNED = 0.95;
    private static final double NOT_LEARNED = 0.6;
    private static final double A_TENTH = 0.1;

    private final List<Scored> scored;
    private final int largest;
    private final int compared;

    ProductFusionFindings(List<Scored> scored) {
        this.scored = scored;
        this.largest = scored.stream().mapToInt(s -> s.of().rows()).max().orElseThrow();
        this.compared = scored.stream()
                .filter(s -> s.operator().equals(TensorFusion.NAME))
                .mapToInt(s -> s.of().rows())
                .max()
                .orElseThrow();
    }

    /** By the number of rows with which concatenation is worst of those with which product has learned. */
    Finding learns(Claim claim) {
        List<Integer> learned = scored.stream()
                .map(s -> s.of().rows())
                .distinct()
                .filter(rows -> signAccuracy(rows, ProductFusion.NAME) >= LEARNED)
                .toList();
        int rows = learned.stream()
                .min(Comparator.comparingDouble(n -> signAccuracy(n, Concatenation.NAME)))
                .orElse(largest);
        boolean held = !learned.isEmpty() && signAccuracy(rows, Concatenation.NAME) < NOT_LEARNED;
        String words = String.format(
                Locale.ROOT,
                "With %d training rows product fusion has %.1f %%, concatenation %.1f %%; with %d, tensor fusion %.1f %%.",
                rows,
                100 * signAccuracy(rows, ProductFusion.NAME),
                100 * signAccuracy(rows, Concatenation.NAME),
                Math.min(rows, compared),
                100 * signAccuracy(Math.min(rows, compared), TensorFusion.NAME));
        return Finding.of(claim, held, words);
    }

    private double signAccuracy(int rows, String operator) {
        return mean(s -> s.isClean() && s.of().label() == Label.SIGN && s.of().rows() == rows, operator);
    }

    /** Accuracy lost on the sign of x . z to a tenth of noise in both, after the most rows. */
    private double signFall(String operator) {
        double noisy = mean(
                s -> s.of().label() == Label.SIGN
                        && s.of().rows() == largest
                        && s.noised().equals(Scored.BOTH)
                        && Math.abs(s.factor() - A_TENTH) < 1e-9,
                operator);
        return signAccuracy(largest, operator) - noisy;
    }

    private double mean(Predicate<Scored> wanted, String operator) {
        return Arrays.stream(accuracies(wanted, operator)).average().orElseThrow();
    }

    /** Product loses more than each of the others. */
    Finding falls(Claim claim) {
        List<Lead> leads = Stream.of(Concatenation.NAME, TensorFusion.NAME)
                .map(other -> Lead.of("product over " + other, falls(ProductFusion.NAME), falls(other)))
                .toList();
        String sign = String.format(
                Locale.ROOT,
                "On the sign of x . z with %d rows, a tenth of noise in both costs product fusion %.1f points,"
                        + " concatenation %.1f.",
                largest,
                100 * signFall(ProductFusion.NAME),
                100 * signFall(Concatenation.NAME));
        return Lead.ahead(
                claim, leads, "On the mixture, loss to the most noise in both: " + Lead.points(leads) + ". " + sign);
    }

    /** The others lose more than tensor fusion, and have more to begin with. */
    Finding steady(Claim claim) {
        List<Lead> losses = Stream.of(Concatenation.NAME, ProductFusion.NAME)
                .map(other -> Lead.of(other + " over tensor", falls(other), falls(TensorFusion.NAME)))
                .toList();
        List<Lead> accuracies = Stream.of(Concatenation.NAME, ProductFusion.NAME)
                .map(other -> Lead.of(other + " over tensor", clean(other), clean(TensorFusion.NAME)))
                .toList();
        return Lead.ahead(
                claim,
                Stream.concat(losses.stream(), accuracies.stream()).toList(),
                "On the mixture, loss to the most noise in both: " + Lead.points(losses) + "; accuracy without: "
                        + Lead.points(accuracies) + ".");
    }

    /** Accuracy lost between no noise in both and the most, by seed. */
    private double[] falls(String operator) {
        double most = scored.stream().mapToDouble(Scored::factor).max().orElseThrow();
        double[] noisy =
                accuracies(s -> isCompared(s) && s.noised().equals(Scored.BOTH) && s.factor() == most, operator);
        double[] clean = clean(operator);
        double[] falls = new double[clean.length];
        Arrays.setAll(falls, i -> clean[i] - noisy[i]);
        return falls;
    }

    private double[] clean(String operator) {
        return accuracies(s -> s.isClean() && isCompared(s), operator);
    }

    private boolean isCompared(Scored s) {
        return s.of().label() == Label.MIXTURE && s.of().rows() == compared;
    }

    private double[] accuracies(Predicate<Scored> wanted, String operator) {
        return scored.stream()
                .filter(wanted.and(s -> s.operator().equals(operator)))
                .mapToDouble(Scored::accuracy)
                .toArray();
    }
}
