package org.metafusion.core.fusion;

/**
 * Where training starts: every element is drawn uniformly from {@code [centre - spread, centre + spread]}.
 *
 * @param spread 0 for a constant
 */
public record InitialValues(double centre, double spread) {

    /**
     * The start of students that are linear in their inputs: their losses are convex, so that nothing has to tell units
     * apart, and a student of few, widely spread features need not first unlearn what was drawn.
     */
    public static final InitialValues ZERO = new InitialValues(0, 0);

    /** The usual start of a dense layer: within {@code 1 / sqrt(fanIn)} of 0, {@code fanIn} its number of inputs. */
    public static InitialValues ofFanIn(int fanIn) {
        return new InitialValues(0, 1 / Math.sqrt(fanIn));
    }
}
