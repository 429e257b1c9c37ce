package org.metafusion.report.chart;

import static org.metafusion.report.chart.VegaLite.object;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.metafusion.report.chart.HeatMap.Matrix;

/**
 * The Vega-Lite of {@link HeatMap}. Where low values are the strong ones the weak end is their ninetieth percentile, so that
 * a few bad values do not make the good ones look alike.
 */
final class HeatMapSpec {

    /** From weak to strong; the same by day and night, since a cell has its own ground. */
    private static final List<String> COLOURS =
            List.of("#eef3f7", "#c6dbea", "#8fbcdb", "#4f94c4", "#1f6aa5", "#0b4377");

    private static final int MOST_NAMED = 15;
    private static final int SHORT = 4;
    private static final double SPARED = 0.1;
    private static final double STRONG = 0.55;

    private HeatMapSpec() {}

    static void into(ObjectNode spec, HeatMap map) {
        Matrix matrix = map.matrix();
        int rows = matrix.rows().size();
        spec.put("height", rows * (rows > 16 ? 22 : 32));
        spec.set("data", VegaLite.data(rows(matrix)));
        double[] ends = ends(map);
        spec.set("encoding", object(encoding -> {
            encoding.set("x", columns(map));
            encoding.set("y", rows(map));
        }));
        spec.set("layer", VegaLite.list(cells(map, ends), figures(map, ends)));
    }

    private static ArrayNode rows(Matrix matrix) {
        ArrayNode rows = JsonNodeFactory.instance.arrayNode();
        for (int r = 0; r < matrix.rows().size(); r++) {
            for (int c = 0; c < matrix.columns().size(); c++) {
                double value = matrix.values()[r][c];
                if (Double.isFinite(value)) {
                    rows.addObject()
                            .put("x", matrix.columns().get(c))
                            .put("y", matrix.rows().get(r))
                            .put("value", VegaLite.rounded(value))
                            .put("shown", shown(value));
                }
            }
        }
        return rows;
    }

    private static String shown(double value) {
        String text = HeatMap.shown(value);
        return text.startsWith("0.") && text.length() > 5 ? String.format(Locale.ROOT, "%.3f", value) : text;
    }

    /** The values of the weakest and the strongest colour. */
    private static double[] ends(HeatMap map) {
        double[] sorted = Arrays.stream(map.matrix().values())
                .flatMapToDouble(Arrays::stream)
                .filter(Double::isFinite)
                .sorted()
                .toArray();
        int spared = (int) (SPARED * (sorted.length - 1));
        double low = sorted[0];
        double high = sorted[sorted.length - 1];
        return map.isStrongHigh() ? new double[] {low, high} : new double[] {sorted[sorted.length - 1 - spared], low};
    }

    /** Where columns are those of the rows and many, their names are not said again. */
    private static ObjectNode columns(HeatMap map) {
        List<String> names = map.matrix().columns();
        boolean isSaid =
                names.size() <= MOST_NAMED || !names.equals(map.matrix().rows());
        int longest = names.stream().mapToInt(String::length).max().orElse(0);
        return names("x", isSaid ? map.x() : map.x() + ", in the order of the rows", names, axis -> {
            axis.put("labels", isSaid).put("labelAngle", longest <= SHORT ? 0 : -40);
        });
    }

    private static ObjectNode rows(HeatMap map) {
        return names("y", map.y(), map.matrix().rows(), axis -> {});
    }

    private static ObjectNode names(String field, String title, List<String> sorted, Consumer<ObjectNode> more) {
        return object(channel -> {
            channel.put("field", field).put("type", "nominal").put("title", title);
            channel.set("scale", object(scale -> scale.set("domain", VegaLite.array(sorted))));
            channel.set("axis", object(axis -> {
                axis.set("labelLimit", VegaLite.expression("containerSize()[0] < 520 ? 90 : 180"));
                more.accept(axis);
            }));
        });
    }

    private static ObjectNode cells(HeatMap map, double[] ends) {
        return object(layer -> {
            layer.set(
                    "mark",
                    object(mark -> mark.put("type", "rect")
                            .put("stroke", "var(--paper)")
                            .put("strokeWidth", 1)
                            .put("cornerRadius", 2)));
            layer.set("encoding", object(encoding -> {
                encoding.set("color", object(colour -> {
                    colour.put("field", "value").put("type", "quantitative").put("title", map.value());
                    colour.set("scale", object(scale -> {
                        scale.set(
                                "domain",
                                JsonNodeFactory.instance
                                        .arrayNode()
                                        .add(VegaLite.rounded(Math.min(ends[0], ends[1])))
                                        .add(VegaLite.rounded(Math.max(ends[0], ends[1]))));
                        scale.set("range", VegaLite.array(map.isStrongHigh() ? COLOURS : reversed()));
                        scale.put("clamp", true);
                    }));
                    colour.set(
                            "legend",
                            object(legend -> legend.put("orient", "bottom")
                                    .put("gradientThickness", 8)
                                    .put("gradientLength", 180)
                                    .put("tickCount", 4)));
                }));
                encoding.set("tooltip", tips(map));
            }));
        });
    }

    private static ArrayNode tips(HeatMap map) {
        return VegaLite.list(
                VegaLite.tip("y", map.y()), VegaLite.tip("x", map.x()), VegaLite.numberTip("value", map.value()));
    }

    private static List<String> reversed() {
        List<String> reversed = new java.util.ArrayList<>(COLOURS);
        java.util.Collections.reverse(reversed);
        return reversed;
    }

    /** Where a cell has room for them; they lie over the cell's middle, so that they tell what it tells. */
    private static ObjectNode figures(HeatMap map, double[] ends) {
        double turn = ends[0] + STRONG * (ends[1] - ends[0]);
        String strong = "datum.value " + (map.isStrongHigh() ? "> " : "< ") + VegaLite.rounded(turn);
        return object(layer -> {
            layer.set("mark", object(mark -> mark.put("type", "text").put("fontSize", 11)));
            layer.set("encoding", object(encoding -> {
                encoding.set("text", object(text -> text.put("field", "shown")));
                encoding.set("tooltip", tips(map));
                encoding.set("color", object(colour -> {
                    colour.set("condition", object(c -> c.put("test", strong).put("value", "#ffffff")));
                    colour.put("value", "#16202a");
                }));
                encoding.set("opacity", object(opacity -> {
                    opacity.set(
                            "condition",
                            object(c -> c.put("test", "bandwidth('x') > 7 * length(datum.shown)")
                                    .put("value", 1)));
                    opacity.put("value", 0);
                }));
            }));
        });
    }
}
