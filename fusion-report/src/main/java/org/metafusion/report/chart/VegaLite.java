package org.metafusion.report.chart;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.function.Consumer;

/** A chart as a Vega-Lite 5 specification, which is data alone: no functions, nothing to be fetched. */
public final class VegaLite {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final MathContext KEPT = new MathContext(6);

    private VegaLite() {}

    /** The specification of a chart, as wide as what it is put into. */
    public static ObjectNode of(Chart chart) {
        ObjectNode spec = object(s -> {
            s.put("width", "container");
            s.set("autosize", object(size -> size.put("type", "fit-x").put("contains", "padding")));
        });
        if (chart instanceof Bars bars) {
            BarsSpec.into(spec, bars);
        } else if (chart instanceof Dots dots) {
            DotsSpec.into(spec, dots);
        } else if (chart instanceof HeatMap map) {
            HeatMapSpec.into(spec, map);
        } else if (chart instanceof Lines lines) {
            LinesSpec.into(spec, lines);
        }
        return spec;
    }

    static ObjectNode object(Consumer<ObjectNode> content) {
        ObjectNode node = JSON.objectNode();
        content.accept(node);
        return node;
    }

    static ArrayNode array(Iterable<String> texts) {
        ArrayNode node = JSON.arrayNode();
        texts.forEach(node::add);
        return node;
    }

    static ArrayNode list(ObjectNode... nodes) {
        ArrayNode node = JSON.arrayNode();
        for (ObjectNode n : nodes) {
            node.add(n);
        }
        return node;
    }

    /** Six digits: more are not seen, and double the page. */
    static double rounded(double value) {
        return new BigDecimal(value).round(KEPT).doubleValue();
    }

    /** Values of a data set. */
    static ObjectNode data(ArrayNode rows) {
        return object(data -> data.set("values", rows));
    }

    /** A field of numbers on an axis. */
    static ObjectNode number(String field, Axis axis) {
        return object(channel -> {
            channel.put("field", field).put("type", "quantitative").put("title", axis.title());
            channel.set("scale", scale(axis.kind()));
        });
    }

    static ObjectNode scale(Axis.Kind kind) {
        return object(scale -> {
            switch (kind) {
                case CLOSE -> scale.put("zero", false).put("nice", true);
                case COUNT -> scale.put("zero", false).put("nice", false);
                case FROM_ZERO -> scale.put("zero", true);
                case UNIT -> scale.set("domain", JSON.arrayNode().add(0).add(1));
                case LOG -> scale.put("type", "log").put("nice", false);
            }
        });
    }

    /** The ticks of an axis. */
    static ObjectNode ticks(Axis axis, int wanted) {
        return object(ticks -> {
            ticks.put("tickCount", wanted);
            if (axis.kind() == Axis.Kind.COUNT) {
                ticks.put("tickMinStep", 1).put("format", "d");
            }
        });
    }

    /** A field of names in the order of the data. */
    static ObjectNode name(String field, String title) {
        return object(channel -> {
            channel.put("field", field).put("type", "nominal").put("title", title);
            channel.putNull("sort");
        });
    }

    static ObjectNode tip(String field, String title) {
        return object(tip -> tip.put("field", field).put("type", "nominal").put("title", key(title)));
    }

    /**
     * A title as a key of a tooltip. Vega-Lite puts it into an expression, in quotes, and escapes these but no backslash;
     * and vega-tooltip takes a key {@code title} for a heading and {@code image} for the address of a picture.
     */
    private static String key(String title) {
        String key = title.replace("\\", "\\\\").replaceAll("\\p{Cntrl}", " ");
        return key.equals("title") || key.equals("image") ? key + " " : key;
    }

    static ObjectNode numberTip(String field, String title) {
        return object(tip -> tip.put("field", field)
                .put("type", "quantitative")
                .put("title", key(title))
                .put("format", ".4~r"));
    }

    static ObjectNode value(String colour) {
        return object(channel -> channel.put("value", colour));
    }

    static ObjectNode expression(String expression) {
        return object(ref -> ref.put("expr", expression));
    }

    /** The line from the lower to the upper end of both axes. */
    static ObjectNode diagonal(double from, double to) {
        ArrayNode ends = JSON.arrayNode();
        ends.add(object(end -> end.put("x", from).put("y", from)));
        ends.add(object(end -> end.put("x", to).put("y", to)));
        return object(layer -> {
            layer.set("data", data(ends));
            layer.set("mark", object(mark -> {
                mark.put("type", "line").put("strokeWidth", 1);
                mark.set("strokeDash", JSON.arrayNode().add(4).add(4));
            }));
            layer.set("encoding", object(encoding -> {
                encoding.set("x", object(x -> x.put("field", "x").put("type", "quantitative")));
                encoding.set("y", object(y -> y.put("field", "y").put("type", "quantitative")));
                encoding.set("color", value(Palette.QUIET));
            }));
        });
    }
}
