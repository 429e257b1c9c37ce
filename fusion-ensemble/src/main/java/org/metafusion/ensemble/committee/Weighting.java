package org.metafusion.ensemble.committee;

/** The weight a student of a given validation loss joins a committee with, before weights are scaled to sum 1. */
enum Weighting {
    EQUAL {
        @Override
        double of(double loss) {
            return 1;
        }
    },

    /** {@code 1 / loss}; a loss under 1e-8 counts as 1e-8. */
    INVERSE_LOSS {
        @Override
        double of(double loss) {
            return 1 / Math.max(loss, 1e-8);
        }
    };

    abstract double of(double loss);
}
