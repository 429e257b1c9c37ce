package org.metafusion.ensemble.competition;

import java.util.List;
import java.util.Optional;
import org.metafusion.training.balance.CompetitionTrace.EpochTrace;
import org.metafusion.training.balance.Modulation;

/**
 * How the modalities of some fusing students compete: how they fare within the student, how each would fare in a student of
 * its own, and what modulation changes.
 *
 * <p>A score is the share of validation rows that are right, or R2 for regression, over those rows that have all modalities
 * of the fused student, whatever the figure. Within a fused student a modality is
 * scored with the others at their training mean.
 *
 * @param modalities names, in the order of all arrays
 * @param isClassification what a score is
 * @param courses a student and a modulation each; those of a student follow each other, the unmodulated one first
 */
public record CompetitionReport(List<String> modalities, boolean isClassification, List<Course> courses) {

    /** Smaller differences of scores are not worth a word. */
    static final double NOTABLE = 0.02;

    private static final double STANDARD_ERRORS = 2;

    public CompetitionReport {
        modalities = List.copyOf(modalities);
        courses = List.copyOf(courses);
    }

    /**
     * How one student was trained under one modulation.
     *
     * @param student its label
     * @param rows validation rows that the scores are of
     * @param alone the score of each modality in a student of its own with the same representation, without modulation
     * @param lossErrors standard error of what each modality {@linkplain #loss loses}, over the rows, paired
     * @param bestEpoch by validation loss, the one whose weights are kept
     * @param epochs all it trained
     */
    public record Course(
            String student,
            Modulation modulation,
            int rows,
            double[] alone,
            double[] lossErrors,
            int bestEpoch,
            List<EpochTrace> epochs) {

        /** What holds for the weights that are kept. */
        public EpochTrace best() {
            return epochs.stream()
                    .filter(epoch -> epoch.epoch() == bestEpoch)
                    .findFirst()
                    .orElseThrow(() ->
                            new IllegalStateException("Epoch " + bestEpoch + " of " + student + " was not watched"));
        }

        /** What a modality loses by being fused; negative if it gains. */
        public double loss(int modality) {
            return alone[modality] - best().unimodal()[modality];
        }

        /** Whether a modality loses so much that it is worth a word and no chance of the rows. */
        public boolean isStarved(int modality) {
            return loss(modality) > Math.max(NOTABLE, STANDARD_ERRORS * lossErrors[modality]);
        }

        /** The modality that loses most; it may be that none loses anything. */
        public int mostStarved() {
            int most = 0;
            for (int m = 1; m < alone.length; m++) {
                most = loss(m) > loss(most) ? m : most;
            }
            return most;
        }
    }

    /** The labels of the students, each once. */
    public List<String> students() {
        return courses.stream().map(Course::student).distinct().toList();
    }

    /** A student's course under a modulation, if there is one. */
    public Optional<Course> course(String student, Modulation modulation) {
        return courses.stream()
                .filter(c -> c.student().equals(student) && c.modulation() == modulation)
                .findFirst();
    }

    /** What it says, in sentences with figures. */
    public List<String> sentences() {
        return students().stream()
                .flatMap(student -> new CompetitionWords(this, student).sentences().stream())
                .toList();
    }
}
