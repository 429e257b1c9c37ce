package org.metafusion.ensemble.robustness;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.metafusion.core.modality.MultimodalDataset;
import org.metafusion.core.modality.Samples;
import org.metafusion.ensemble.metric.LeadMetric;
import org.metafusion.ensemble.model.FusionModel;

/**
 * How a model fares as more and more of its inputs are missing at random: answered by the committee of what is there, and
 * by the committee of all modalities after {@linkplain Filling filling in}.
 *
 * @param shares of rows that lack a modality
 * @param draws how often rows are drawn for each share; scores are the mean
 */
public record MissingStress(List<Double> shares, int draws) {

    /** The shares that are usual, 0, 20, 40 and 60 %, each drawn three times. */
    public static final MissingStress USUAL = new MissingStress(List.of(0.0, 0.2, 0.4, 0.6), 3);

    /** What {@link Point#modality} is when every modality is missing from some rows. */
    public static final String ALL = "all";

    /** What {@link Point#answer} is when the committee of what is there answers. */
    public static final String COMMITTEE = "committee of what is there";

    private static final long DRAW_STRIDE = 1_000_003;

    public MissingStress {
        shares = List.copyOf(shares);
        if (draws < 1 || shares.stream().anyMatch(share -> !(share >= 0 && share <= 1))) {
            throw new IllegalArgumentException(
                    "A missing stress needs shares from 0 to 1 and 1 draw or more but got " + shares + " and " + draws);
        }
    }

    /**
     * A point of a curve.
     *
     * @param modality the one that is missing, or {@value #ALL}
     * @param share of the rows each modality is taken from
     * @param missing share of all inputs that are missing in truth
     * @param answer {@value #COMMITTEE}, or a filling's label
     * @param score accuracy or R2, the mean over the draws
     */
    public record Point(String modality, double share, double missing, String answer, double score) {}

    /** Rows that lack inputs, drawn several times; one draw is looked at, and held, at a time. */
    private record Case(String modality, double share, List<Supplier<Samples>> drawn) {

        double missing() {
            return drawn.stream()
                    .mapToDouble(draw -> MissingInputs.share(draw.get()))
                    .average()
                    .orElseThrow();
        }
    }

    /** Measures a model on rows with the model's modalities, in its order. */
    public List<Point> measure(FusionModel model, MultimodalDataset rows, List<Filling> fillings, long seed) {
        List<Point> points = new ArrayList<>();
        for (Case drawn : cases(rows.samples(), seed)) {
            double missing = drawn.missing();
            points.add(new Point(
                    drawn.modality(),
                    drawn.share(),
                    missing,
                    COMMITTEE,
                    score(model, rows, drawn, UnaryOperator.identity())));
            for (Filling filling : fillings) {
                double score = score(model, rows, drawn, filling::fill);
                points.add(new Point(drawn.modality(), drawn.share(), missing, filling.label(), score));
            }
        }
        return points;
    }

    private List<Case> cases(Samples rows, long seed) {
        List<MissingInputs> inputs = new ArrayList<>();
        for (int draw = 0; draw < draws; draw++) {
            inputs.add(new MissingInputs(rows, seed + DRAW_STRIDE * draw));
        }
        List<Case> cases = new ArrayList<>();
        for (double share : shares) {
            for (int m = 0; m < rows.tables().size() && rows.tables().size() > 1; m++) {
                int modality = m;
                cases.add(new Case(
                        rows.modalities().get(m).name(),
                        share,
                        inputs.stream()
                                .<Supplier<Samples>>map(in -> () -> in.without(modality, share))
                                .toList()));
            }
            cases.add(new Case(
                    ALL,
                    share,
                    inputs.stream()
                            .<Supplier<Samples>>map(in -> () -> in.withoutAny(share))
                            .toList()));
        }
        return cases;
    }

    /** The mean over the draws. */
    private static double score(FusionModel model, MultimodalDataset rows, Case drawn, UnaryOperator<Samples> filling) {
        LeadMetric metric = LeadMetric.of(rows.task());
        return drawn.drawn().stream()
                .map(draw -> new MultimodalDataset(rows.name(), filling.apply(draw.get()), rows.targets()))
                .mapToDouble(set -> metric.in(model.evaluate(set)))
                .average()
                .orElseThrow();
    }
}
