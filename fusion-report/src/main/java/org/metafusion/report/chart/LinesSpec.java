package org.metafusion.report.chart;

import static org.metafusion.report.chart.VegaLite.object;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import org.metafusion.report.chart.Lines.Point;
import org.metafusion.report.chart.Lines.Role;
import org.metafusion.report.chart.Lines.Series;

/** The Vega-Lite of {@link Lines}: bands of deviations, lines, points to point at, and a legend that picks. */
final class LinesSpec {

    private static final int MOST_SHOWN_POINTS = 24;
    private static final int MOST_TICKS = 6;
    private static final int[] REFERENCE_DASH = {5, 3};

    private LinesSpec() {}

    static void into(ObjectNode spec, Lines lines) {
        spec.put("height", 260);
        spec.set("data", VegaLite.data(rows(lines)));
        ArrayNode layers = spec.putArray("layer");
        if (lines.isDiagonal()) {
            layers.add(VegaLite.diagonal(0, 1));
        }
        layers.add(joined(lines));
        if (lines.hasDeviations()) {
            layers.insert(layers.size() - 1, band(lines));
        }
        layers.add(pointed(lines));
    }

    private static ArrayNode rows(Lines lines) {
        ArrayNode rows = JsonNodeFactory.instance.arrayNode();
        for (Series series : lines.series()) {
            int order = 0;
            for (Point point : series.points()) {
                ObjectNode row = rows.addObject()
                        .put("series", series.name())
                        .put("x", VegaLite.rounded(point.x()))
                        .put("y", VegaLite.rounded(point.y()))
                        .put("order", order++);
                if (lines.hasDeviations()) {
                    double half = point.hasDeviation() ? point.deviation() : 0;
                    row.put("low", VegaLite.rounded(point.y() - half))
                            .put("high", VegaLite.rounded(point.y() + half))
                            .put("deviation", VegaLite.rounded(half));
                }
            }
        }
        return rows;
    }

    private static ObjectNode joined(Lines lines) {
        return object(layer -> {
            layer.set("params", VegaLite.list(object(pick -> {
                pick.put("name", "pick").put("bind", "legend");
                pick.set("select", object(select -> {
                    select.put("type", "point");
                    select.set("fields", VegaLite.array(List.of("series")));
                }));
            })));
            layer.set("mark", object(mark -> mark.put("type", "line").put("strokeWidth", 2)));
            layer.set("encoding", object(encoding -> {
                places(encoding, lines);
                encoding.set(
                        "order", object(order -> order.put("field", "order").put("type", "quantitative")));
                encoding.set("color", colour(lines.series()));
                encoding.set("strokeDash", dash(lines.series()));
                encoding.set("opacity", picked(1));
            }));
        });
    }

    private static ObjectNode band(Lines lines) {
        return object(layer -> {
            layer.set("mark", object(mark -> mark.put("type", "area")));
            layer.set("encoding", object(encoding -> {
                places(encoding, lines);
                encoding.withObject("/y").put("field", "low");
                encoding.set("y2", object(y -> y.put("field", "high")));
                encoding.set("color", colour(lines.series()));
                encoding.set("opacity", object(channel -> {
                    channel.set(
                            "condition",
                            object(condition -> condition.put("param", "pick").put("value", 0.13)));
                    channel.put("value", 0);
                }));
            }));
        });
    }

    /** Where points are many they are there to be pointed at alone. */
    private static ObjectNode pointed(Lines lines) {
        boolean shown = !lines.isDiagonal()
                && lines.series().stream().allMatch(s -> s.points().size() <= MOST_SHOWN_POINTS);
        return object(layer -> {
            layer.set(
                    "mark",
                    object(mark -> mark.put("type", "point").put("filled", true).put("size", shown ? 36 : 90)));
            layer.set("encoding", object(encoding -> {
                places(encoding, lines);
                encoding.set("color", colour(lines.series()));
                encoding.set("opacity", shown ? picked(1) : object(o -> o.put("value", 0)));
                ArrayNode tips = VegaLite.list(
                        VegaLite.tip("series", "series"),
                        VegaLite.numberTip("x", lines.x().title()),
                        VegaLite.numberTip("y", lines.y().title()));
                if (lines.hasDeviations()) {
                    tips.add(VegaLite.numberTip("deviation", "standard deviation"));
                }
                encoding.set("tooltip", tips);
            }));
        });
    }

    private static void places(ObjectNode encoding, Lines lines) {
        encoding.set("x", object(x -> {
            x.setAll(VegaLite.number("x", lines.x()));
            x.set("axis", VegaLite.ticks(lines.x(), ticks(lines)).put("grid", false));
        }));
        encoding.set("y", object(y -> {
            y.setAll(VegaLite.number("y", lines.y()));
            spread(y, lines);
            y.set("axis", VegaLite.ticks(lines.y(), 5));
        }));
    }

    /** No more than there are whole numbers, where only these have ticks. */
    private static int ticks(Lines lines) {
        if (lines.x().kind() != Axis.Kind.COUNT) {
            return MOST_TICKS;
        }
        DoubleSummaryStatistics places = lines.series().stream()
                .flatMap(s -> s.points().stream())
                .mapToDouble(Point::x)
                .summaryStatistics();
        return (int) Math.max(1, Math.min(MOST_TICKS, places.getMax() - places.getMin()));
    }

    /** Where all values are the same, a scale of nothing but them would have no ticks. */
    private static void spread(ObjectNode y, Lines lines) {
        double[] values = lines.series().stream()
                .flatMap(s -> s.points().stream())
                .mapToDouble(Point::y)
                .distinct()
                .toArray();
        if (values.length == 1 && lines.y().kind() == Axis.Kind.CLOSE) {
            double margin = Math.max(0.1 * Math.abs(values[0]), 1e-3);
            y.withObject("/scale")
                    .putArray("domain")
                    .add(VegaLite.rounded(values[0] - margin))
                    .add(VegaLite.rounded(values[0] + margin));
        }
    }

    private static ObjectNode picked(double opacity) {
        return object(channel -> {
            channel.set(
                    "condition",
                    object(condition -> condition.put("param", "pick").put("value", opacity)));
            channel.put("value", 0.12);
        });
    }

    private static ObjectNode colour(List<Series> series) {
        ArrayNode range = JsonNodeFactory.instance.arrayNode();
        int place = 0;
        for (Series s : series) {
            range.add(s.role() == Role.REFERENCE ? Palette.QUIET : Palette.colour(place++));
        }
        return channel(series, range);
    }

    private static ObjectNode dash(List<Series> series) {
        ArrayNode range = JsonNodeFactory.instance.arrayNode();
        int place = 0;
        for (Series s : series) {
            ArrayNode dash = range.addArray();
            for (int length : s.role() == Role.REFERENCE ? REFERENCE_DASH : Palette.dash(place++)) {
                dash.add(length);
            }
        }
        return channel(series, range);
    }

    private static ObjectNode channel(List<Series> series, ArrayNode range) {
        return object(channel -> {
            channel.put("field", "series").put("type", "nominal");
            channel.putNull("title");
            channel.set("scale", object(scale -> {
                scale.set(
                        "domain",
                        VegaLite.array(series.stream().map(Series::name).toList()));
                scale.set("range", range);
            }));
            if (series.size() == 1) {
                channel.putNull("legend");
            } else {
                channel.set("legend", legend());
            }
        });
    }

    static ObjectNode legend() {
        return object(legend -> {
            legend.put("orient", "bottom")
                    .put("direction", "horizontal")
                    .put("labelLimit", 180)
                    .put("symbolOpacity", 1);
            legend.set("columns", VegaLite.expression("containerSize()[0] < 620 ? 2 : 4"));
        });
    }
}
