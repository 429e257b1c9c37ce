package org.metafusion.ensemble.signs;

/**
 * Something that went wrong with a fit, or may have.
 *
 * @param kind what it is, for machines
 * @param text what was seen, with figures, and what may help, for people
 */
public record Sign(Kind kind, String text) {

    /** The kinds of failure signs. */
    public enum Kind {
        /** All students say nearly the same. */
        COLLAPSED_STUDENTS,
        /** The committee is worse than its cohort's best student on the validation rows. */
        COMMITTEE_WORSE_THAN_BEST_STUDENT,
        /** Students that use one modality more are worse than those that do without. */
        CONTRADICTING_MODALITIES,
        /** The screening left nobody out. */
        EVERYONE_IS_TOP_PERFORMER,
        /** The validation rows are too few to screen and select by. */
        FEW_VALIDATION_ROWS
    }
}
