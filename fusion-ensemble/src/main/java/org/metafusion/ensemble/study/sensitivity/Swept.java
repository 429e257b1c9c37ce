package org.metafusion.ensemble.study.sensitivity;

/**
 * Test losses under one rho.
 *
 * @param judged mean validation loss of the top performers, by which rho is chosen
 * @param top mean of the top performers
 * @param students mean of all students
 */
record Swept(long seed, double rho, double judged, double top, double students, double committee) {}
