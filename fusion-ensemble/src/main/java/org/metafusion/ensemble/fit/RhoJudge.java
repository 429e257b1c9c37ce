package org.metafusion.ensemble.fit;

/** By what a rho is judged on the validation rows. */
public enum RhoJudge {
    /** The mean best validation loss of the top performers, as in Meta Fusion (arXiv 2507.20089). */
    TOP_PERFORMERS("top performers' mean validation loss"),

    /**
     * The validation loss of the committee that the top performers would make: what predicts in the end. Students that
     * all become a little better but more alike can make a worse committee, which their mean loss does not show.
     */
    COMMITTEE("validation loss of the top performers' committee");

    private final String words;

    RhoJudge(String words) {
        this.words = words;
    }

    /** What is compared, for people. */
    public String words() {
        return words;
    }
}
