package org.metafusion.training.network;

/**
 * The seed of one step's dropout masks.
 *
 * @param value of the step
 * @param isActive false in evaluation
 */
public record DropoutSeed(long value, boolean isActive) {

    /** No dropout. */
    public static final DropoutSeed NONE = new DropoutSeed(0, false);

    /** The seed of one layer's mask. */
    long layer(int number) {
        long mixed = (value ^ (value >>> 31)) * 0x9E3779B97F4A7C15L + number * 0xD1B54A32D192ED03L;
        return mixed ^ (mixed >>> 29);
    }
}
