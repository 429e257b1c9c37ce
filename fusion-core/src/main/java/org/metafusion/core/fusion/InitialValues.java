package org.metafusion.core.fusion;

/**
 * Where training starts: every element is drawn uniformly from {@code [centre - spread, centre + spread]}.
 *
 * @param spread 0 for a constant
 */
public record InitialValues(double centre, double spread) {

    /** The usual start of a dense layer: within {@code 1 / sqrt(fanIn)} of 0, {@code fanIn} its number of inputs. */
    public static InitialValues ofFanIn(int fanIn) {
        return new InitialValues(0, 1 / Math.sqrt(fanIn));
    }
}
