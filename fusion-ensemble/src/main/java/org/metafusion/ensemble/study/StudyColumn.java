package org.metafusion.ensemble.study;

import org.metafusion.ensemble.metric.LeadMetric;

/**
 * A column of a study's table.
 *
 * @param key its name in files; stable
 * @param label its heading
 * @param best which of its values is pointed out
 */
public record StudyColumn(String key, String label, Kind kind, Best best) {

    /** What its values are. */
    public enum Kind {
        /** What was varied: rows that agree in all of these measure the same thing. */
        SETTING,
        /** Which repetition it was, such as the seed. */
        RUN,
        /** A measured number. */
        FIGURE,
        /** A measured share of one, shown in percent. */
        PERCENT
    }

    /** Which value of a column is the best. */
    public enum Best {
        NONE,
        LOWEST,
        HIGHEST
    }

    public static StudyColumn setting(String key, String label) {
        return new StudyColumn(key, label, Kind.SETTING, Best.NONE);
    }

    public static StudyColumn run(String key, String label) {
        return new StudyColumn(key, label, Kind.RUN, Best.NONE);
    }

    public static StudyColumn figure(String key, String label) {
        return new StudyColumn(key, label, Kind.FIGURE, Best.NONE);
    }

    public static StudyColumn percent(String key, String label) {
        return new StudyColumn(key, label, Kind.PERCENT, Best.NONE);
    }

    /** Of a score, in percent where it is an accuracy. */
    public static StudyColumn of(LeadMetric metric) {
        return metric == LeadMetric.ACCURACY
                ? percent(metric.key(), metric.label() + " %")
                : figure(metric.key(), metric.label());
    }

    public StudyColumn best(Best which) {
        return new StudyColumn(key, label, kind, which);
    }

    /** Whether its values are measured. */
    public boolean isMeasured() {
        return kind == Kind.FIGURE || kind == Kind.PERCENT;
    }
}
