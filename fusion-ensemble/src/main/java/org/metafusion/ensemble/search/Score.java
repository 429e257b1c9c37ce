package org.metafusion.ensemble.search;

import java.util.Map;

/**
 * How a trial did on one fold: its committee, fitted on the other folds' rows, on rows it never saw.
 *
 * @param fold counted over all repeats
 * @param metrics by name
 * @param seconds the fit took
 */
public record Score(int trial, int fold, Map<String, Double> metrics, double seconds) {}
