package org.metafusion.report.chart;

import static org.metafusion.report.chart.VegaLite.object;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.metafusion.report.chart.Dots.Dot;

/** The Vega-Lite of {@link Dots}. */
final class DotsSpec {

    private DotsSpec() {}

    static void into(ObjectNode spec, Dots dots) {
        spec.put("height", 280);
        spec.set("data", VegaLite.data(rows(dots)));
        ArrayNode layers = spec.putArray("layer");
        if (dots.isDiagonal()) {
            double[] both = dots.dots().stream()
                    .flatMapToDouble(dot -> java.util.stream.DoubleStream.of(dot.x(), dot.y()))
                    .sorted()
                    .toArray();
            boolean unit = dots.x().kind() == Axis.Kind.UNIT;
            layers.add(VegaLite.diagonal(unit ? 0 : both[0], unit ? 1 : both[both.length - 1]));
        }
        layers.add(points(dots));
    }

    private static ArrayNode rows(Dots dots) {
        ArrayNode rows = JsonNodeFactory.instance.arrayNode();
        for (Dot dot : dots.dots()) {
            rows.addObject()
                    .put("name", dot.name())
                    .put("x", VegaLite.rounded(dot.x()))
                    .put("y", VegaLite.rounded(dot.y()))
                    .put("group", dot.group())
                    .put("size", VegaLite.rounded(dot.size()));
        }
        return rows;
    }

    private static ObjectNode points(Dots dots) {
        return object(layer -> {
            layer.set(
                    "mark",
                    object(mark -> mark.put("type", "point")
                            .put("filled", true)
                            .put("size", dots.dots().size() > 150 ? 28 : 70)
                            .put("opacity", dots.dots().size() > 150 ? 0.6 : 0.9)));
            layer.set("encoding", object(encoding -> {
                encoding.set("x", place("x", dots.x()));
                encoding.set("y", place("y", dots.y()));
                encoding.set("color", colour(dots));
                if (dots.groupNames().size() > Palette.COLOURS) {
                    encoding.set("shape", groups(dots, Palette::shape));
                }
                if (!dots.sizes().isEmpty()) {
                    encoding.set("size", size(dots));
                }
                encoding.set("tooltip", tips(dots));
            }));
        });
    }

    private static ObjectNode place(String field, Axis axis) {
        return object(channel -> {
            channel.setAll(VegaLite.number(field, axis));
            channel.set("axis", VegaLite.ticks(axis, 5));
        });
    }

    /** The first group is the one to look at. */
    private static ObjectNode colour(Dots dots) {
        if (dots.groups().isEmpty()) {
            return VegaLite.value(Palette.ACCENT);
        }
        return groups(dots, Palette::colour);
    }

    private static ObjectNode groups(Dots dots, IntFunction<String> look) {
        List<String> names = dots.groupNames();
        return object(channel -> {
            channel.put("field", "group").put("type", "nominal").put("title", dots.groups());
            channel.set("scale", object(scale -> {
                scale.set("domain", VegaLite.array(names));
                scale.set(
                        "range",
                        VegaLite.array(
                                IntStream.range(0, names.size()).mapToObj(look).toList()));
            }));
            channel.set("legend", LinesSpec.legend());
        });
    }

    private static ObjectNode size(Dots dots) {
        return object(channel -> {
            channel.put("field", "size").put("type", "quantitative").put("title", dots.sizes());
            channel.set(
                    "scale",
                    object(scale -> scale.set(
                            "range",
                            JsonNodeFactory.instance.arrayNode().add(30).add(500))));
            channel.set(
                    "legend",
                    object(legend -> legend.put("orient", "bottom")
                            .put("direction", "horizontal")
                            .put("tickCount", 3)
                            .put("symbolFillColor", Palette.ACCENT)
                            .put("symbolStrokeWidth", 0)));
        });
    }

    private static ArrayNode tips(Dots dots) {
        ArrayNode tips = VegaLite.list(
                VegaLite.tip("name", dots.names()),
                VegaLite.numberTip("x", dots.x().title()),
                VegaLite.numberTip("y", dots.y().title()));
        if (!dots.groups().isEmpty()) {
            tips.add(VegaLite.tip("group", dots.groups()));
        }
        if (!dots.sizes().isEmpty()) {
            tips.add(VegaLite.numberTip("size", dots.sizes()));
        }
        return tips;
    }
}
