package org.metafusion.report.chart;

import static org.metafusion.report.chart.VegaLite.object;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The colours of charts, as CSS variables of the page, so that light, dark and print need no second drawing. The page's
 * values are told apart by people who are colour-blind (Okabe and Ito, 2008).
 */
public final class Palette {

    /** How many series have a colour of their own. */
    public static final int COLOURS = 8;

    static final String ACCENT = "var(--accent)";
    static final String QUIET = "var(--quiet)";
    static final String INK = "var(--ink)";
    private static final String MUTED = "var(--muted)";
    private static final String LINE = "var(--line)";

    private static final List<String> SHAPES = List.of("circle", "diamond", "square", "triangle-up");
    private static final int[][] DASHES = {{1, 0}, {9, 3}, {2, 3}, {9, 3, 2, 3}};

    private Palette() {}

    static String colour(int place) {
        return "var(--c" + (place % COLOURS + 1) + ")";
    }

    /** The shape of a dot, so that those of one colour differ; the first {@value #COLOURS} are round. */
    static String shape(int place) {
        return SHAPES.get(place / COLOURS % SHAPES.size());
    }

    /** The dashes of a line, so that those of one colour differ; the first {@value #COLOURS} are whole. */
    static int[] dash(int place) {
        return DASHES[place / COLOURS % DASHES.length].clone();
    }

    /** What holds for all charts. */
    public static ObjectNode config() {
        List<String> colours =
                IntStream.range(0, COLOURS).mapToObj(Palette::colour).toList();
        return object(config -> {
            config.put("background", "transparent").put("font", "system-ui, sans-serif");
            config.put("aria", false); // The page gives the figure a name and a table; a label a mark would be noise.
            config.put("padding", 4);
            config.set("view", object(view -> view.putNull("stroke")));
            config.set("axis", axis());
            config.set("legend", legend());
            config.set("range", object(range -> range.set("category", VegaLite.array(colours))));
            config.set("text", object(text -> text.put("fill", INK).put("fontSize", 12)));
        });
    }

    private static ObjectNode axis() {
        return object(axis -> axis.put("labelColor", MUTED)
                .put("titleColor", MUTED)
                .put("labelFontSize", 12)
                .put("titleFontSize", 12)
                .put("titleFontWeight", "normal")
                .put("titlePadding", 8)
                .put("labelPadding", 6)
                .put("gridColor", LINE)
                .put("domain", false)
                .put("ticks", false));
    }

    private static ObjectNode legend() {
        return object(legend -> legend.put("labelColor", INK)
                .put("titleColor", MUTED)
                .put("titleFontWeight", "normal")
                .put("labelFontSize", 12)
                .put("titleFontSize", 12)
                .put("titleLimit", 300)
                .put("symbolStrokeWidth", 2));
    }
}
