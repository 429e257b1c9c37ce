package org.metafusion.ensemble.fit;

/**
 * A rho that was tried.
 *
 * @param loss mean best validation task loss of the students it is judged by
 */
public record RhoTrial(double rho, double loss) {}
