package org.metafusion.ensemble.study.product;

/** What a pair of embeddings is to be told apart by. */
enum Label {
    /** The sign of the inner product of two independent embeddings: neither tells anything alone. */
    SIGN("sign of x . z"),
    /** Which of many clusters a pair is from; some are told by both embeddings, some by one only. */
    MIXTURE("mixture");

    private final String words;

    Label(String words) {
        this.words = words;
    }

    @Override
    public String toString() {
        return words;
    }
}
