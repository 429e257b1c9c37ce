package org.metafusion.report.words;

import java.util.Locale;
import org.metafusion.ensemble.metric.Reliability;

/** Whether probabilities are as high as they should be, in words. */
public final class Trust {

    private Trust() {}

    /** A clause with figures, without a capital or full stop. */
    public static String in(Reliability reliability) {
        double excess = reliability.confidence() - reliability.accuracy();
        return String.format(
                Locale.ROOT,
                "the likeliest class has %.1f %% on average and is right in %.1f %%, so probabilities are %s",
                100 * reliability.confidence(),
                100 * reliability.accuracy(),
                verdict(excess, reliability.rows()));
    }

    /** Within two standard errors of an accuracy of a half, the widest there is. */
    private static String verdict(double excess, int rows) {
        if (Math.abs(excess) <= 1 / Math.sqrt(rows)) {
            return "as high as they should be, as far as " + rows + " rows tell";
        }
        return String.format(Locale.ROOT, "%.1f points too %s", 100 * Math.abs(excess), excess > 0 ? "high" : "low");
    }
}
