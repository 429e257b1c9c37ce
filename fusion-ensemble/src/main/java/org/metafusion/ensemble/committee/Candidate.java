package org.metafusion.ensemble.committee;

import java.util.stream.IntStream;

/** A student tried for a committee and the loss the committee would have with it. */
record Candidate(int student, double loss) {

    /**
     * The candidate of the lowest loss, the first of equals. All are tried in parallel; the result does not depend on
     * the thread count.
     *
     * @param weights one a student of the cohort
     */
    static Candidate best(RunningCommittee committee, int[] students, double[] weights) {
        double[] losses = IntStream.range(0, students.length)
                .parallel()
                .mapToDouble(i -> committee.lossWith(students[i], weights[students[i]]))
                .toArray();
        int best = 0;
        for (int i = 1; i < losses.length; i++) {
            if (losses[i] < losses[best]) {
                best = i;
            }
        }
        return new Candidate(students[best], losses[best]);
    }
}
