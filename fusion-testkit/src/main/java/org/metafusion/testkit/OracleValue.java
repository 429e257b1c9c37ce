package org.metafusion.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;

/**
 * A value of an oracle case: a number, a flag, a text, a nested list of any depth, or named values. Reading it as what
 * it is not is an {@link IllegalArgumentException} that says where it stands and what it holds.
 */
public final class OracleValue {

    private final String where;
    private final JsonNode node;

    OracleValue(String where, JsonNode node) {
        this.where = where;
        this.node = node;
    }

    public double number() {
        expect(node.isNumber(), "a number");
        return node.doubleValue();
    }

    public int integer() {
        expect(node.canConvertToExactIntegral(), "an integer");
        return node.intValue();
    }

    public boolean flag() {
        expect(node.isBoolean(), "a flag");
        return node.booleanValue();
    }

    public String text() {
        expect(node.isTextual(), "a text");
        return node.textValue();
    }

    /** All numbers in it, in row-major order; lists may be nested to any depth and be ragged. */
    public double[] flat() {
        return node.isArray()
                ? items().stream()
                        .flatMapToDouble(item -> DoubleStream.of(item.flat()))
                        .toArray()
                : new double[] {number()};
    }

    /** {@link #flat} as float32, as a backend takes it. */
    public float[] floats() {
        double[] values = flat();
        float[] floats = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            floats[i] = (float) values[i];
        }
        return floats;
    }

    /** All integers in it, in row-major order. */
    public int[] ints() {
        return node.isArray()
                ? items().stream()
                        .flatMapToInt(item -> IntStream.of(item.ints()))
                        .toArray()
                : new int[] {integer()};
    }

    /** A list of texts. */
    public List<String> texts() {
        return items().stream().map(OracleValue::text).toList();
    }

    /** A list of lists, which may differ in length. */
    public double[][] matrix() {
        return items().stream().map(OracleValue::flat).toArray(double[][]::new);
    }

    /** A list of lists of integers, which may differ in length. */
    public int[][] intMatrix() {
        return items().stream().map(OracleValue::ints).toArray(int[][]::new);
    }

    /** A list of equally long lists of numbers. */
    public Matrix asMatrix() {
        int[] shape = shape();
        expect(shape.length == 2, "a list of lists of numbers");
        return Matrix.of(shape[0], shape[1], flat());
    }

    /** The lengths of the nested lists, outermost first; none for a number. Ragged lists are an error. */
    public int[] shape() {
        if (!node.isArray()) {
            return new int[0];
        }
        List<OracleValue> items = items();
        int[] inner = items.isEmpty() ? new int[0] : items.get(0).shape();
        expect(items.stream().allMatch(item -> Arrays.equals(inner, item.shape())), "lists of one length");
        return IntStream.concat(IntStream.of(items.size()), IntStream.of(inner)).toArray();
    }

    /** The items of a list. */
    public List<OracleValue> items() {
        expect(node.isArray(), "a list");
        List<OracleValue> items = new ArrayList<>();
        for (JsonNode item : node) {
            items.add(new OracleValue(where + "[" + items.size() + "]", item));
        }
        return items;
    }

    /** Item {@code index} of a list. */
    public OracleValue at(int index) {
        expect(node.isArray() && index >= 0 && index < node.size(), "a list of more than " + index + " items");
        return new OracleValue(where + "[" + index + "]", node.get(index));
    }

    /** The value named {@code key}. */
    public OracleValue at(String key) {
        expect(node.has(key), "'" + key + "' among " + keys());
        return new OracleValue(where + "." + key, node.get(key));
    }

    public boolean has(String key) {
        return node.has(key);
    }

    /** The names of its values, in file order; none if it is a number or a list. */
    public List<String> keys() {
        Iterable<String> names = node::fieldNames;
        return StreamSupport.stream(names.spliterator(), false).toList();
    }

    private void expect(boolean met, String expected) {
        if (!met) {
            String found = node.toString();
            throw new IllegalArgumentException("Oracle " + where + ": expected " + expected + " but found "
                    + (found.length() > 80 ? found.substring(0, 80) + "..." : found));
        }
    }

    @Override
    public String toString() {
        return where;
    }
}
