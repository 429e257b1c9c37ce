package org.metafusion.data.bundle;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Trees of maps with string keys, lists, strings, booleans and numbers as JSON. Keys are written in order, so that equal
 * trees give equal bytes. Whole numbers come back as {@link Integer}, or {@link Long} where they are too large for that;
 * numbers with a fraction or exponent as {@link Double}. A {@link Float} is written as its shortest decimal. There is no
 * null.
 */
final class JsonTree {

    private final JsonFactory factory = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
            .build();

    private final JsonMapper mapper = JsonMapper.builder(factory)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /** UTF-8, over several lines where {@code indented}. */
    byte[] write(Map<String, ?> tree, boolean indented) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (JsonGenerator json = factory.createGenerator(out)) {
            if (indented) {
                json.setPrettyPrinter(new DefaultPrettyPrinter().withObjectIndenter(new DefaultIndenter("  ", "\n")));
            }
            write(json, "", tree);
        } catch (IOException e) {
            throw new IllegalArgumentException("The manifest cannot be written as JSON: " + e.getMessage(), e);
        }
        return out.toByteArray();
    }

    private void write(JsonGenerator json, String path, @Nullable Object value) throws IOException {
        if (value instanceof Map<?, ?> map) {
            json.writeStartObject();
            for (Map.Entry<String, Object> entry : sorted(path, map).entrySet()) {
                json.writeFieldName(entry.getKey());
                write(json, path.isEmpty() ? entry.getKey() : path + "." + entry.getKey(), entry.getValue());
            }
            json.writeEndObject();
        } else if (value instanceof List<?> list) {
            json.writeStartArray();
            for (int i = 0; i < list.size(); i++) {
                write(json, path + "[" + i + "]", list.get(i));
            }
            json.writeEndArray();
        } else if (value instanceof String text) {
            json.writeString(text);
        } else if (value instanceof Boolean truth) {
            json.writeBoolean(truth);
        } else if (value instanceof Number number) {
            writeNumber(json, path, number);
        } else {
            throw new IllegalArgumentException("Manifest value '" + path + "' is "
                    + (value == null ? "null" : "a " + value.getClass().getSimpleName())
                    + "; it must be a map, list, string, number or boolean");
        }
    }

    private static Map<String, Object> sorted(String path, Map<?, ?> map) {
        Map<String, Object> sorted = new TreeMap<>();
        map.forEach((key, value) -> {
            if (!(key instanceof String name)) {
                throw new IllegalArgumentException("Manifest value '" + path + "' has the key " + key
                        + ", which is no string; keys must be strings");
            }
            sorted.put(name, value);
        });
        return sorted;
    }

    private static void writeNumber(JsonGenerator json, String path, Number number) throws IOException {
        if (number instanceof Integer || number instanceof Long || number instanceof Short || number instanceof Byte) {
            json.writeNumber(number.longValue());
        } else if (!(number instanceof Double || number instanceof Float)) {
            throw new IllegalArgumentException("Manifest value '" + path + "' is a "
                    + number.getClass().getSimpleName() + "; numbers must be int, long, float or double");
        } else if (!Double.isFinite(number.doubleValue())) {
            throw new IllegalArgumentException(
                    "Manifest value '" + path + "' is " + number + "; numbers must be finite, so leave it out");
        } else if (number instanceof Float) {
            json.writeNumber(number.floatValue());
        } else {
            json.writeNumber(number.doubleValue());
        }
    }

    /**
     * Reads a tree whose root is a map. Its maps keep the order of the text.
     *
     * @throws IOException if it is no such tree; the message is one line
     */
    Map<String, Object> read(byte[] bytes) throws IOException {
        Object tree;
        try {
            tree = mapper.readValue(bytes, Object.class);
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new IOException("bad JSON: " + e.getOriginalMessage().replaceAll("\\s+", " "), e);
        }
        if (!(tree instanceof Map<?, ?> map)) {
            throw new IOException("no JSON object");
        }
        return checkedMap(map);
    }

    private static Map<String, Object> checkedMap(Map<?, ?> map) throws IOException {
        Map<String, Object> checked = new LinkedHashMap<>();
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            checked.put(String.valueOf(entry.getKey()), checked(entry.getValue()));
        }
        return Collections.unmodifiableMap(checked);
    }

    private static Object checked(@Nullable Object value) throws IOException {
        if (value == null) {
            throw new IOException("a null in the JSON");
        }
        if (value instanceof Map<?, ?> map) {
            return checkedMap(map);
        }
        if (value instanceof List<?> list) {
            Object[] elements = new Object[list.size()];
            for (int i = 0; i < elements.length; i++) {
                elements[i] = checked(list.get(i));
            }
            return List.of(elements);
        }
        if (value instanceof BigInteger || (value instanceof Double number && !Double.isFinite(number))) {
            throw new IOException("a number too large in the JSON");
        }
        return value;
    }
}
