package org.metafusion.core.fusion;

import org.metafusion.core.FusionException;

/**
 * The sizes of operators that project their inputs.
 *
 * @param width of the term
 * @param rank of low-rank fusion
 */
public record OperatorSizes(int width, int rank) {

    /** What a name without sizes stands for: enough for the heads in use, and small beside raw features. */
    public static final OperatorSizes USUAL = new OperatorSizes(64, 4);

    /** The largest width or rank that an operator's name can hold. */
    public static final int LARGEST = 999_999;

    /** @throws FusionException if one is below 1 or above {@link #LARGEST} */
    public OperatorSizes {
        require(width, "operatorWidth");
        require(rank, "operatorRank");
    }

    private static void require(int size, String name) {
        if (size < 1 || size > LARGEST) {
            throw new FusionException("Option '" + name + "' must be 1 to " + LARGEST + " but is " + size);
        }
    }
}
