package org.metafusion.training.forest;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.metafusion.core.modality.Targets;
import org.metafusion.core.representation.Extraction;
import org.metafusion.core.representation.ExtractionRows;
import org.metafusion.core.representation.ExtractionShape;
import org.metafusion.core.representation.FeatureExtractor;
import org.metafusion.core.representation.FittedExtractor;
import org.metafusion.core.representation.StandardisedRows;
import org.metafusion.training.representation.Draws;

/**
 * Forests of extremely randomised trees, each grown on a bootstrap sample of one modality's rows (Breiman 2001; Geurts, Ernst
 * and Wehenkel 2006): {@code forest200} has 200 trees and as many features as the task has outputs, {@code log(p + 0.01)} of
 * the trees' mean class shares, or their mean values. With a linear head a student is what a forest is, and one that joins
 * several modalities weighs a forest of each.
 *
 * <p>Trees know the targets of the rows they grew on. So students learn from what is said of a row by the trees whose
 * sample lacks it ({@link FittedExtractor#outOfBag}), about a third of them.
 *
 * <p>A node tries the root of the number of features for classes, a third of it, at most {@value #MOST_CANDIDATES}, for
 * values; it is split down to single rows for classes, and from {@value #SMALLEST_SPLIT} rows for values. Where there are
 * more than {@value #MOST_ROWS} rows a forest grows on as many, drawn once.
 */
public final class ForestExtractor implements FeatureExtractor {

    /** Its name. */
    public static final String NAME = "forest";

    private static final int MOST_CANDIDATES = 128;
    private static final int SMALLEST_SPLIT = 5;
    private static final int MOST_ROWS = 20_000;

    private final int mostRows;

    /** A forest of at most {@value #MOST_ROWS} rows. */
    public ForestExtractor() {
        this(MOST_ROWS);
    }

    /** A forest that grows on at most so many rows. */
    ForestExtractor(int mostRows) {
        this.mostRows = mostRows;
    }

    @Override
    public String name() {
        return NAME;
    }

    /** {@inheritDoc} That of the outputs, however many trees there are. */
    @Override
    public int outputWidth(ExtractionShape shape, int asked) {
        return shape.outputs();
    }

    @Override
    public boolean suitsLinearHeads() {
        return true;
    }

    /** {@inheritDoc} The number in a label is that of the trees. */
    @Override
    public List<FittedExtractor> fit(ExtractionRows rows, List<Extraction> wanted) {
        List<FittedExtractor> fitted = new ArrayList<>();
        for (Extraction extraction : wanted) {
            StandardisedRows all = rows.modalities().get(extraction.modality());
            int[] present = all.presentRows();
            long seed = rows.seed(extraction.modality());
            Bags bags = new Bags(new Draws(seed).choose(mostRows, present.length), rows.groups(present));
            fitted.add(fit(all.present(), rows.targets().select(present), bags, extraction.width(), seed));
        }
        return fitted;
    }

    private static Forest fit(StandardisedRows rows, Targets targets, Bags bags, int count, long seed) {
        Responses responses = Responses.of(targets);
        boolean ofClasses = targets instanceof Targets.Labels;
        int candidates =
                (int) Math.ceil(ofClasses ? Math.sqrt(rows.width()) : Math.min(MOST_CANDIDATES, rows.width() / 3.0));
        TreeGrower grower = new TreeGrower(columns(rows), responses, candidates, ofClasses ? 2 : SMALLEST_SPLIT);
        SplittableRandom seeds = new SplittableRandom(seed);
        int[] roots = new int[count];
        BitSet[] grownOn = new BitSet[count];
        for (int tree = 0; tree < count; tree++) {
            Draws draws = new Draws(seeds.nextLong());
            int[] bag = bags.draw(draws);
            grownOn[tree] = bags.known(bag);
            roots[tree] = grower.grow(bag, draws);
        }
        return Forest.scaled(grower.trees(roots), ofClasses, rows, grownOn);
    }

    private static float[][] columns(StandardisedRows rows) {
        float[][] columns = new float[rows.width()][rows.rows()];
        for (int row = 0; row < rows.rows(); row++) {
            for (int j = 0; j < columns.length; j++) {
                columns[j][row] = rows.values()[row * columns.length + j];
            }
        }
        return columns;
    }

    @Override
    public FittedExtractor restore(Map<String, float[]> state) {
        return Forest.restore(NAME, state);
    }
}
