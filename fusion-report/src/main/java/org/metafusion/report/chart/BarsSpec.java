package org.metafusion.report.chart;

import static org.metafusion.report.chart.VegaLite.object;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.metafusion.report.chart.Bars.Bar;

/** The Vega-Lite of {@link Bars}. */
final class BarsSpec {

    private static final String FIGURE = "shown";

    private BarsSpec() {}

    static void into(ObjectNode spec, Bars bars) {
        int rows = Math.max(1, bars.drawn().size());
        spec.put("height", rows * (isFromZero(bars) ? 26 : 32));
        spec.set("data", VegaLite.data(rows(bars)));
        spec.set(
                "encoding",
                object(encoding -> encoding.set("y", object(y -> {
                    y.setAll(VegaLite.name("name", ""));
                    y.set("axis", object(axis -> {
                        axis.putNull("title");
                        axis.put("labelColor", Palette.INK);
                        axis.set("labelFontWeight", weight(bars));
                        axis.set("labelLimit", VegaLite.expression("containerSize()[0] < 520 ? 120 : 260"));
                    }));
                }))));
        ArrayNode layers = spec.putArray("layer");
        layers.add(values(bars));
        if (bars.hasDeviations()) {
            // Over a bar, which would hide half of it, but under a dot.
            layers.insert(isFromZero(bars) ? 1 : 0, deviations(bars));
        }
        layers.add(figures(bars));
    }

    /** The names of chosen bars are bold. */
    private static ObjectNode weight(Bars bars) {
        ArrayNode chosen = VegaLite.array(
                bars.bars().stream().filter(Bar::isChosen).map(Bar::name).toList());
        return object(weight -> {
            weight.set(
                    "condition",
                    object(condition -> condition
                            .put("test", "indexof(" + chosen + ", datum.value) >= 0")
                            .put("value", "bold")));
            weight.put("value", "normal");
        });
    }

    private static ArrayNode rows(Bars bars) {
        ArrayNode rows = JsonNodeFactory.instance.arrayNode();
        for (Bar bar : bars.drawn()) {
            ObjectNode row = rows.addObject()
                    .put("name", bar.name())
                    .put("value", VegaLite.rounded(bar.value()))
                    .put("chosen", bar.isChosen())
                    .put(FIGURE, bars.axis().show(bar.value()))
                    .put("note", bar.note());
            double half = bar.hasDeviation() ? bar.deviation() : 0;
            row.put("low", VegaLite.rounded(bar.value() - half));
            row.put("high", VegaLite.rounded(bar.value() + half));
            row.put("deviation", VegaLite.rounded(half));
        }
        return rows;
    }

    private static ObjectNode values(Bars bars) {
        boolean fromZero = isFromZero(bars);
        return object(layer -> {
            layer.set("mark", object(mark -> {
                if (fromZero) {
                    mark.put("type", "bar").put("height", 14).put("cornerRadiusEnd", 2);
                } else {
                    mark.put("type", "point")
                            .put("filled", true)
                            .put("size", 110)
                            .put("opacity", 1);
                }
            }));
            layer.set("encoding", object(encoding -> {
                encoding.set("x", place("value", bars.axis()));
                encoding.set("color", colour(fromZero ? Palette.QUIET : "var(--muted)"));
                ArrayNode tips = VegaLite.list(
                        VegaLite.tip("name", bars.names()),
                        VegaLite.numberTip("value", bars.axis().title()));
                if (bars.hasDeviations()) {
                    tips.add(VegaLite.numberTip("deviation", "standard deviation"));
                }
                if (bars.bars().stream().anyMatch(bar -> !bar.note().isEmpty())) {
                    tips.add(VegaLite.tip("note", "note"));
                }
                encoding.set("tooltip", tips);
            }));
        });
    }

    private static ObjectNode place(String field, Axis axis) {
        return object(x -> {
            x.setAll(VegaLite.number(field, axis));
            x.withObject("/scale").put("padding", axis.kind() == Axis.Kind.FROM_ZERO ? 0 : 24);
            x.set("axis", object(a -> a.put("tickCount", 5)));
        });
    }

    private static boolean isFromZero(Bars bars) {
        return bars.axis().kind() == Axis.Kind.FROM_ZERO;
    }

    private static ObjectNode deviations(Bars bars) {
        return object(layer -> {
            layer.set("mark", object(mark -> mark.put("type", "rule").put("strokeWidth", 2)));
            layer.set("encoding", object(encoding -> {
                encoding.set("x", place("low", bars.axis()));
                encoding.set("x2", object(x -> x.put("field", "high")));
                encoding.set("color", isFromZero(bars) ? VegaLite.value(Palette.INK) : colour(Palette.QUIET));
            }));
        });
    }

    /** The value in figures: behind its bar, or above its dot. */
    private static ObjectNode figures(Bars bars) {
        boolean fromZero = isFromZero(bars);
        return object(layer -> {
            layer.set("mark", object(mark -> {
                mark.put("type", "text").put("fontSize", 11).put("fill", "var(--muted)");
                if (fromZero) {
                    mark.put("align", "left").put("dx", 5);
                } else {
                    mark.put("align", "center").put("dy", -11);
                }
            }));
            layer.set("encoding", object(encoding -> {
                encoding.set("x", place(fromZero ? "high" : "value", bars.axis()));
                encoding.set("text", object(text -> text.put("field", FIGURE)));
            }));
        });
    }

    private static ObjectNode colour(String others) {
        return object(channel -> {
            channel.set(
                    "condition",
                    object(condition -> condition.put("test", "datum.chosen").put("value", Palette.ACCENT)));
            channel.put("value", others);
        });
    }
}
