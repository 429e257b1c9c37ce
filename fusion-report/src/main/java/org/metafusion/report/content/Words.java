package org.metafusion.report.content;

import java.util.List;
import java.util.Locale;
import org.metafusion.ensemble.metric.LeadMetric;
import org.metafusion.report.chart.Axis;
import org.metafusion.report.chart.Bars.Bar;
import org.metafusion.report.words.Figures;

/** Names and amounts as charts word them. */
final class Words {

    private Words() {}

    static String percent(double share) {
        return String.format(Locale.ROOT, share > 0 && share < 0.01 ? "%.1f %%" : "%.0f %%", 100 * share);
    }

    /** With its unit. */
    static String metric(LeadMetric metric) {
        return metric == LeadMetric.ACCURACY ? "accuracy, %" : metric.label();
    }

    /** Of scores. */
    static Axis axis(LeadMetric metric) {
        return in(metric, Axis.close(metric(metric)));
    }

    /** Of scores or what is in their unit, such as their drop, under another title. */
    static Axis in(LeadMetric metric, Axis axis) {
        return metric == LeadMetric.ACCURACY ? axis.ofPercent() : axis;
    }

    /** What a score is multiplied with to be in its unit. */
    static double unit(LeadMetric metric) {
        return metric == LeadMetric.ACCURACY ? 100 : 1;
    }

    /** Where the chosen bar stands among bars sorted from the best on; those of the same value share a place. */
    static String place(List<Bar> bars) {
        double own = bars.stream()
                .filter(Bar::isChosen)
                .mapToDouble(Bar::value)
                .findFirst()
                .orElse(Double.NaN);
        int place = 1;
        while (place <= bars.size() && bars.get(place - 1).value() != own) {
            place++;
        }
        long level = bars.stream().filter(bar -> bar.value() == own).count() - 1;
        return (place == 1 ? "the best of " + bars.size() : "number " + place + " of " + bars.size())
                + (level > 0 ? ", level with " + Figures.count(level, "other") : "");
    }

    /** A name that is none of those taken, by a word more where it is. */
    static String free(String name, List<String> taken) {
        String free = name;
        while (taken.contains(free)) {
            free += " modalities";
        }
        return free;
    }

    /** With a capital. */
    static String capital(String text) {
        return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
    }
}
