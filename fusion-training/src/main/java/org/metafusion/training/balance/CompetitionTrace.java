package org.metafusion.training.balance;

import java.util.List;
import java.util.Optional;

/**
 * How the modalities of some students competed while they were trained.
 *
 * @param students one entry a student that was watched, ascending
 * @param targets the truth about the validation rows, and who sees them
 */
public record CompetitionTrace(List<StudentTrace> students, RowTargets targets) {

    /**
     * One student's course.
     *
     * @param student its number in the cohort
     * @param modalities those it reads, ascending; the arrays of each epoch are in this order
     * @param epochs while it was trained
     * @param kept what it said at the best of them
     */
    public record StudentTrace(int student, int[] modalities, List<EpochTrace> epochs, Said kept) {

        /** An epoch by its number. */
        public Optional<EpochTrace> epoch(int number) {
            return epochs.stream().filter(e -> e.epoch() == number).findFirst();
        }
    }

    /**
     * What a student said of all validation rows, {@code [rows, outputs]} each.
     *
     * @param joint with all its modalities
     * @param unimodal with one of them alone, the others at the training mean
     */
    public record Said(float[] joint, float[][] unimodal) {}

    /**
     * The state at an epoch's end, on the validation rows that have all the student's modalities. A score is the share of
     * rows that are right, or for regression R2.
     *
     * @param epoch from 1
     * @param score with all modalities
     * @param unimodal score with this modality alone, the others at the training mean
     * @param gradientNorms Euclidean norm of the gradient of this modality's parameters as the optimiser gets it, mean over
     *     the epoch's steps; NaN where the student has no parameters of this modality alone
     * @param shapleyShares this modality's Shapley value of the score, divided by the sum of all; NaN where that is not
     *     above 0
     * @param coefficients what this modality was slowed down by, mean over the epoch's steps; 1 without modulation
     */
    public record EpochTrace(
            int epoch,
            double score,
            double[] unimodal,
            double[] gradientNorms,
            double[] shapleyShares,
            double[] coefficients) {}

    /** The course of a student of the cohort, if it was watched. */
    public Optional<StudentTrace> student(int number) {
        return students.stream().filter(s -> s.student() == number).findFirst();
    }
}
