package org.metafusion.report.content;

import java.util.List;
import org.metafusion.report.words.Figures;

/** Measurements of one thing over runs. */
record Spread(List<Double> values) {

    static Spread of(List<Double> values) {
        return new Spread(List.copyOf(values));
    }

    double mean() {
        return values.stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN);
    }

    /** Of a sample, that is over n - 1; NaN for a single value. */
    double deviation() {
        double mean = mean();
        double squares =
                values.stream().mapToDouble(v -> (v - mean) * (v - mean)).sum();
        return values.size() < 2 ? Double.NaN : Math.sqrt(squares / (values.size() - 1));
    }

    /** Mean and deviation. */
    String text(Figures.Style style) {
        return style.show(mean(), deviation());
    }
}
