package org.metafusion.report.words;

import java.util.List;

/** Measurements of one thing, such as one a run. */
public record Spread(List<Double> values) {

    public Spread {
        values = List.copyOf(values);
    }

    /** NaN without values. */
    public double mean() {
        return values.stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN);
    }

    /** Of a sample, that is over n - 1; NaN for a single value. */
    public double deviation() {
        double mean = mean();
        double squares =
                values.stream().mapToDouble(v -> (v - mean) * (v - mean)).sum();
        return values.size() < 2 ? Double.NaN : Math.sqrt(squares / (values.size() - 1));
    }

    /** Mean and deviation. */
    public String text(Figures.Style style) {
        return style.show(mean(), deviation());
    }
}
