package org.metafusion.ensemble.study.product;

/**
 * What an operator reached.
 *
 * @param noised the embedding noise was added to; {@code none} where to none
 * @param factor of the noise
 */
record Scored(Case of, String operator, String noised, double factor, double accuracy, double auc) {

    /** Which {@link #noised} stands for none. */
    static final String NONE = "none";

    /** Which {@link #noised} stands for both. */
    static final String BOTH = "both";

    /** A training. */
    record Case(long seed, Label label, int rows) {}

    boolean isClean() {
        return noised.equals(NONE);
    }
}
