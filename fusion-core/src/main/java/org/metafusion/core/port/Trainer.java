package org.metafusion.core.port;

import java.util.List;
import org.metafusion.core.cohort.Cohort;

/** Trains cohorts. */
public interface Trainer {

    /**
     * Prepares a cohort's training: fits what is fitted on the rows a student's copies learn from, and loads the rows.
     */
    CohortTraining begin(Cohort cohort, TrainingRows rows, TrainingListener listener);

    /** A cohort with its rows, on which any number of phases can be run, each independent of the others. */
    interface CohortTraining extends AutoCloseable {

        /** Runs one phase; the same plan gives the same outcome. */
        PhaseOutcome run(PhasePlan plan);

        /**
         * Whether a student learns the same whoever else takes part in a phase, its teachers apart; so does every student
         * unless the trainer says otherwise.
         */
        default boolean trainsApart() {
            return true;
        }

        @Override
        void close();
    }

    /** What a phase minimises. */
    sealed interface Objective {

        /**
         * Each student its task loss plus rho times the weighted divergence from its peers.
         *
         * @param divergenceWeights {@code d[I][J]}, one row and column a student of the whole cohort; a peer must take
         *     part in the phase
         */
        record Mutual(float[][] divergenceWeights, float rho) implements Objective {}

        /** Cooperative learning of the phase's two students, whose outputs add up to the prediction. */
        record Cooperative(float rho) implements Objective {}
    }

    /**
     * One phase of training.
     *
     * @param name for people, such as {@code alone} or {@code mutual rho=0.5}
     * @param students who trains, ascending
     * @param startFrom the parameters to start from, one entry a student of the whole cohort; empty to start from the
     *     initial ones
     */
    record PhasePlan(String name, int[] students, Objective objective, List<float[]> startFrom) {

        /** The given students on the task loss alone. */
        public static PhasePlan alone(int... students) {
            return new PhasePlan("alone", students, new Objective.Mutual(new float[0][0], 0f), List.of());
        }

        /** Whether student {@code i}'s loss depends on what student {@code j} says. */
        public boolean learnsFrom(int i, int j) {
            if (objective instanceof Objective.Mutual mutual) {
                return mutual.rho() != 0 && mutual.divergenceWeights()[i][j] != 0;
            }
            return true;
        }
    }

    /**
     * What a phase gave.
     *
     * @param students one outcome a student that trained, in the plan's order
     * @param epochs run
     */
    record PhaseOutcome(List<StudentOutcome> students, int epochs) {}

    /**
     * A student after a phase, at its best epoch by validation task loss, the same one for all its copies.
     *
     * @param student its number in the cohort
     * @param parameters its weights; of several copies one behind the other
     * @param bestEpoch from 1
     * @param validationLoss mean task loss over the validation rows that have its inputs; NaN if none has
     * @param validationOutputs {@code [rows, outputs]} of all validation rows, each by the copy it judges: logits,
     *     or values in the training's scale
     * @param lossByEpoch validation task loss after each epoch it trained
     */
    record StudentOutcome(
            int student,
            float[] parameters,
            int bestEpoch,
            double validationLoss,
            float[] validationOutputs,
            double[] lossByEpoch) {}
}
