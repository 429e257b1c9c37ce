package org.metafusion.ensemble.metric;

import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.metafusion.core.modality.Task;

/** The one figure by which rows are scored where a single one is asked for; more is better. */
public enum LeadMetric {
    ACCURACY("accuracy", "accuracy"),
    R2("r2", "R2");

    private final String key;
    private final String label;

    LeadMetric(String key, String label) {
        this.key = key;
        this.label = label;
    }

    public static LeadMetric of(Task task) {
        return task instanceof Task.Classification ? ACCURACY : R2;
    }

    /** Its name among the metrics. */
    public String key() {
        return key;
    }

    /** As reports show it. */
    public String label() {
        return label;
    }

    /** In a sentence, such as {@code 93.3 %} or {@code 0.5123}. */
    public String said(double value) {
        return this == ACCURACY
                ? String.format(Locale.ROOT, "%.1f %%", 100 * value)
                : String.format(Locale.ROOT, "%.4f", value);
    }

    /** Its value among metrics by name. */
    public double in(Map<String, Double> metrics) {
        return Objects.requireNonNull(metrics.get(key), key);
    }
}
