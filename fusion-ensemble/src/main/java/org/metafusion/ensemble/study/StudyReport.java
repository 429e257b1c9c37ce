package org.metafusion.ensemble.study;

import java.util.List;

/**
 * What a study found.
 *
 * @param summary tables for people
 * @param rows every measurement, from which the summary was made
 * @param findings one a claim
 * @param notes what is to be known of how it was measured, sentences
 */
public record StudyReport(List<StudyTable> summary, List<StudyTable> rows, List<Finding> findings, List<String> notes) {

    public StudyReport {
        summary = List.copyOf(summary);
        rows = List.copyOf(rows);
        findings = List.copyOf(findings);
        notes = List.copyOf(notes);
    }
}
