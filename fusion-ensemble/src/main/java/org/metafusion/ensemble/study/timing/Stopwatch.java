package org.metafusion.ensemble.study.timing;

import java.util.Arrays;

/**
 * Times short work: the median over rounds, after as many rounds that are not counted, so that the compiler has seen it.
 *
 * @param rounds counted
 */
record Stopwatch(int rounds) {

    /** Microseconds that one round of the work takes. */
    double micros(Runnable work) {
        double[] times = new double[rounds];
        for (int i = -rounds; i < rounds; i++) {
            long start = System.nanoTime();
            work.run();
            if (i >= 0) {
                times[i] = (System.nanoTime() - start) / 1e3;
            }
        }
        Arrays.sort(times);
        return times[rounds / 2];
    }
}
