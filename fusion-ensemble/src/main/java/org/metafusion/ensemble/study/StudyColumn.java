package org.metafusion.ensemble.study;

import org.metafusion.ensemble.metric.LeadMetric;

/**
 * A column of a study's table.
 *
 * @param key its name in files; stable
 * @param label its heading
 * @param best which of its values is pointed out
 * @param quantity what it measures, with its unit, such as {@code squared error}: columns of one quantity share an axis;
 *     empty for a figure that is read beside others and not drawn
 */
public record StudyColumn(String key, String label, Kind kind, Best best, String quantity) {

    /** What its values are. */
    public enum Kind {
        /** What was varied: rows that agree in all of these measure the same thing. */
        SETTING,
        /** As a setting, but its values are what is compared: they stand side by side in a chart. */
        COMPARED,
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
        return new StudyColumn(key, label, Kind.SETTING, Best.NONE, "");
    }

    public static StudyColumn compared(String key, String label) {
        return new StudyColumn(key, label, Kind.COMPARED, Best.NONE, "");
    }

    public static StudyColumn run(String key, String label) {
        return new StudyColumn(key, label, Kind.RUN, Best.NONE, "");
    }

    public static StudyColumn figure(String key, String label) {
        return new StudyColumn(key, label, Kind.FIGURE, Best.NONE, label);
    }

    public static StudyColumn percent(String key, String label) {
        return new StudyColumn(key, label, Kind.PERCENT, Best.NONE, label);
    }

    /** Of a score, in percent where it is an accuracy. */
    public static StudyColumn of(LeadMetric metric) {
        return metric == LeadMetric.ACCURACY
                ? percent(metric.key(), metric.label() + " %")
                : figure(metric.key(), metric.label());
    }

    public StudyColumn best(Best which) {
        return new StudyColumn(key, label, kind, which, quantity);
    }

    /** The same as a figure of something that other columns measure as well. */
    public StudyColumn measuring(String what) {
        return new StudyColumn(key, label, kind, best, what);
    }

    /** The same as a figure that is not drawn. */
    public StudyColumn aside() {
        return new StudyColumn(key, label, kind, best, "");
    }

    /** Whether its values are measured. */
    public boolean isMeasured() {
        return kind == Kind.FIGURE || kind == Kind.PERCENT;
    }
}
