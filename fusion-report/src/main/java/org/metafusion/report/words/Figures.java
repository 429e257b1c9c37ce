package org.metafusion.report.words;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;
import org.metafusion.ensemble.metric.LeadMetric;
import org.metafusion.ensemble.strategy.Reach;

/** Numbers as people read them: four significant digits, or percent with one decimal. */
public final class Figures {

    private static final int DIGITS = 4;

    private Figures() {}

    /** How a kind of number is shown. */
    public enum Style {
        /** Four significant digits. */
        PLAIN {
            @Override
            public String show(double value) {
                return significant(value);
            }

            @Override
            public String show(double mean, double deviation) {
                int decimals = decimals(mean);
                return !Double.isFinite(deviation) || decimals < 0
                        ? significant(mean)
                        : fixed(mean, decimals) + " ± " + fixed(deviation, decimals);
            }
        },
        /** As above, but nothing for zero. */
        BLANK_ZERO {
            @Override
            public String show(double value) {
                return value == 0 ? "" : significant(value);
            }

            @Override
            public String show(double mean, double deviation) {
                return PLAIN.show(mean, deviation);
            }
        },
        /** As few digits as tell it from others, for settings rather than measurements. */
        SHORTEST {
            @Override
            public String show(double value) {
                return Double.isFinite(value) ? shortest(value) : "-";
            }

            @Override
            public String show(double mean, double deviation) {
                return PLAIN.show(mean, deviation);
            }
        },
        /** Hundredths with one decimal, without the sign. */
        PERCENT {
            @Override
            public String show(double value) {
                return Double.isFinite(value) ? fixed(100 * value, 1) : "-";
            }

            @Override
            public String show(double mean, double deviation) {
                return Double.isFinite(deviation) ? show(mean) + " ± " + show(deviation) : show(mean);
            }
        };

        public abstract String show(double value);

        /** Mean and standard deviation, the latter with as many decimals as the former. */
        public abstract String show(double mean, double deviation);
    }

    /** Four significant digits, such as {@code 0.1234}, {@code 12.34}, {@code 12345} and {@code 1.234e-07}. */
    public static String significant(double value) {
        if (!Double.isFinite(value)) {
            return "-";
        }
        int decimals = decimals(value);
        return decimals < 0 ? String.format(Locale.ROOT, "%.3e", value) : fixed(value, decimals);
    }

    /** Without needless zeros, such as {@code 1} and {@code 0.5}. */
    public static String shortest(double value) {
        return new BigDecimal(Double.toString(value)).stripTrailingZeros().toPlainString();
    }

    /** A score in a sentence, such as {@code 93.3 %} or {@code 0.5123}. */
    public static String said(LeadMetric metric, double value) {
        return metric == LeadMetric.ACCURACY ? Style.PERCENT.show(value) + " %" : significant(value);
    }

    /** {@code 0.8 s}, {@code 12.3 s} or {@code 3 min 5 s}. */
    public static String duration(double seconds) {
        long whole = Math.round(seconds);
        return whole < 60 ? fixed(seconds, 1) + " s" : whole / 60 + " min " + whole % 60 + " s";
    }

    /** "45 of 60 rows", or of {@code test} rows "45 of 60 test rows"; empty if it is all of them. */
    public static String share(Reach reach, String kind) {
        return reach.isWhole()
                ? ""
                : reach.rows() + " of " + count(reach.all(), kind.isEmpty() ? "row" : kind + " row");
    }

    /** "1 row", "2 rows". */
    public static String count(long count, String thing) {
        return count + " " + thing + (count == 1 ? "" : thing.endsWith("s") ? "es" : "s");
    }

    /** The decimals that make four significant digits; -1 where an exponent is easier to read. */
    private static int decimals(double value) {
        if (value == 0) {
            return DIGITS - 1;
        }
        BigDecimal rounded = new BigDecimal(value).round(new MathContext(DIGITS, RoundingMode.HALF_UP));
        int exponent = rounded.precision() - rounded.scale() - 1;
        return exponent < -4 || exponent > 8 ? -1 : Math.max(0, DIGITS - 1 - exponent);
    }

    private static String fixed(double value, int decimals) {
        String text = String.format(Locale.ROOT, "%." + decimals + "f", value);
        return text.startsWith("-") && Double.parseDouble(text) == 0 ? text.substring(1) : text;
    }
}
