package org.metafusion.ensemble.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import org.metafusion.core.FusionException;

/**
 * A place in a manifest, read with its type. Any {@link Number} is taken, since what a store gives back differs from what
 * it was given; the words {@code NaN}, {@code Infinity} and {@code -Infinity} stand for what JSON numbers cannot say.
 *
 * @param path where it is, such as {@code students[2].operator}
 * @param value what is there
 */
record ManifestNode(String path, Object value) {

    private static final int LONGEST_SHOWN = 80;
    private static final List<String> NOT_FINITE = List.of("NaN", "Infinity", "-Infinity");

    /** A decimal number as a manifest value. */
    static Object decimal(double number) {
        return Double.isFinite(number) ? (Object) number : Double.toString(number);
    }

    static List<Object> decimals(double[] numbers) {
        List<Object> values = new ArrayList<>();
        for (double number : numbers) {
            values.add(decimal(number));
        }
        return values;
    }

    static List<Integer> integers(int[] numbers) {
        return java.util.Arrays.stream(numbers).boxed().toList();
    }

    /** @throws FusionException if it is not there */
    ManifestNode get(String key) {
        Object found = map().get(key);
        if (found == null) {
            throw new FusionException("The model's manifest has no '" + below(key) + "'; store the model again");
        }
        return new ManifestNode(below(key), found);
    }

    /** What is there, or where nothing is, what older manifests meant. */
    ManifestNode get(String key, Object absent) {
        return new ManifestNode(below(key), map().getOrDefault(key, absent));
    }

    private String below(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    /** The tree below, its keys strings. */
    Map<String, Object> map() {
        if (!(value instanceof Map<?, ?> map)) {
            throw mismatch("a map");
        }
        Map<String, Object> checked = new LinkedHashMap<>();
        map.forEach((key, entry) -> checked.put(String.valueOf(key), entry));
        return checked;
    }

    /** The elements of a list. */
    List<ManifestNode> elements() {
        if (!(value instanceof List<?> list)) {
            throw mismatch("a list");
        }
        List<ManifestNode> elements = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
            elements.add(new ManifestNode(path + "[" + i + "]", list.get(i)));
        }
        return elements;
    }

    /** What {@code read} makes of each element of a list. */
    <T> List<T> list(Function<ManifestNode, T> read) {
        return elements().stream().map(read).toList();
    }

    String text() {
        if (value instanceof String text) {
            return text;
        }
        throw mismatch("a text");
    }

    boolean flag() {
        if (value instanceof Boolean flag) {
            return flag;
        }
        throw mismatch("true or false");
    }

    List<String> texts() {
        return list(ManifestNode::text);
    }

    double decimal() {
        if (value instanceof Number number) {
            return number.doubleValue();
        }
        if (value instanceof String text && NOT_FINITE.contains(text)) {
            return Double.parseDouble(text);
        }
        throw mismatch("a number");
    }

    double[] decimals() {
        return list(ManifestNode::decimal).stream()
                .mapToDouble(Double::doubleValue)
                .toArray();
    }

    /** A whole number from {@code lowest} to {@code highest}. */
    int integer(int lowest, int highest) {
        if (value instanceof Number number
                && number.doubleValue() == number.longValue()
                && number.longValue() >= lowest
                && number.longValue() <= highest) {
            return number.intValue();
        }
        throw mismatch(
                highest == Integer.MAX_VALUE
                        ? "a whole number of " + lowest + " or more"
                        : "a whole number from " + lowest + " to " + highest);
    }

    int[] integers(ToIntFunction<ManifestNode> read) {
        return list(read::applyAsInt).stream().mapToInt(Integer::intValue).toArray();
    }

    /** The exception to throw: the value is not what it must be. */
    FusionException mismatch(String wanted) {
        String text = String.valueOf(value);
        String shown = text.length() <= LONGEST_SHOWN ? text : text.substring(0, LONGEST_SHOWN) + "...";
        return new FusionException("In the model's manifest '" + path + "' must be " + wanted + " but is " + shown
                + "; the file was changed or comes from another version");
    }
}
