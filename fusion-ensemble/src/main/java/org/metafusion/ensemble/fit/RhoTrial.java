package org.metafusion.ensemble.fit;

/**
 * A rho that was tried.
 *
 * @param loss what it is judged by, see {@link RhoJudge}
 */
public record RhoTrial(double rho, double loss, RhoJudge judge) {}
