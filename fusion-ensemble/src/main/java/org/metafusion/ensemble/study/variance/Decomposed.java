package org.metafusion.ensemble.study.variance;

/**
 * An error under one rho.
 *
 * @param who {@value #STUDENTS}, {@value #TOP} or {@value #COMMITTEE}
 */
record Decomposed(long seed, double rho, String who, Decomposition parts) {

    static final String STUDENTS = "students";
    static final String TOP = "top performers";
    static final String COMMITTEE = "committee";
}
