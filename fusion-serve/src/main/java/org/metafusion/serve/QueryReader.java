package org.metafusion.serve;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.metafusion.core.modality.Modality;
import org.metafusion.core.modality.Sample;

/**
 * Reads prediction requests, straight from the bytes into the arrays a model takes:
 *
 * <pre>{@code
 * {"features": {"image": [0.1, ...], "text": [...]}}
 * {"rows": [{"id": "a", "features": {...}}, ...]}
 * }</pre>
 *
 * A modality that is left out, or null, is missing; a null id is none.
 */
final class QueryReader {

    /** Most of a request's time goes into reading numbers; the fast parser takes a third of it, to the same bits. */
    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
            .build();

    private final Map<String, Integer> widths = new LinkedHashMap<>();

    /** For a model of these modalities. */
    QueryReader(List<Modality> modalities) {
        modalities.forEach(m -> widths.put(m.name(), m.width()));
    }

    /** @throws Refusal saying what is wrong, and where */
    Query read(byte[] body) {
        if (body.length == 0) {
            throw Refusal.badRequest("The body is empty; send " + example());
        }
        try (JsonParser json = JSON.createParser(body)) {
            require(json.nextToken() == JsonToken.START_OBJECT, json, "an object such as " + example());
            Query query = null;
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String field = json.currentName();
                json.nextToken();
                if (query != null || !field.equals("features") && !field.equals("rows")) {
                    throw Refusal.badRequest("Field '" + field + "' is not expected; send " + example());
                }
                query = field.equals("rows")
                        ? new Query(rows(json), true)
                        : new Query(List.of(new Query.Row("", sample(json))), false);
            }
            if (query == null) {
                throw Refusal.badRequest("There are no features; send " + example());
            }
            require(json.nextToken() == null, json, "nothing after the object");
            return query;
        } catch (JsonProcessingException e) {
            throw Refusal.badRequest(
                    "The body is not JSON: " + e.getOriginalMessage().replace('\n', ' ') + at(e));
        } catch (IOException e) {
            throw Refusal.badRequest("The body cannot be read: " + e.getMessage());
        }
    }

    private static String at(JsonProcessingException e) {
        return e.getLocation() == null
                ? ""
                : " (line " + e.getLocation().getLineNr() + ", column "
                        + e.getLocation().getColumnNr() + ")";
    }

    private List<Query.Row> rows(JsonParser json) throws IOException {
        require(json.currentToken() == JsonToken.START_ARRAY, json, "'rows' to be a list");
        List<Query.Row> rows = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            rows.add(row(json, rows.size()));
        }
        if (rows.isEmpty()) {
            throw Refusal.badRequest("'rows' is empty; send one row or more");
        }
        return rows;
    }

    private Query.Row row(JsonParser json, int place) throws IOException {
        require(json.currentToken() == JsonToken.START_OBJECT, json, "each of 'rows' to be an object");
        String id = "";
        Sample sample = new Sample(Map.of());
        Set<String> given = new HashSet<>();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String field = json.currentName();
            requireNew(given, field, "Field");
            JsonToken value = json.nextToken();
            if (field.equals("id")) {
                require(value.isScalarValue(), json, "'id' to be a text or a number");
                id = value == JsonToken.VALUE_NULL ? "" : json.getText();
            } else if (field.equals("features")) {
                sample = sample(json);
            } else {
                throw Refusal.badRequest(
                        "Field '" + field + "' of a row is not expected; a row has 'id' and 'features'");
            }
        }
        if (sample.features().isEmpty()) { // Said before millions of such rows are made tables.
            throw Refusal.badRequest("Row '" + (id.isEmpty() ? Integer.toString(place) : id)
                    + "' has no modality; give it one of " + widths.keySet());
        }
        return new Query.Row(id, sample);
    }

    private Sample sample(JsonParser json) throws IOException {
        require(json.currentToken() == JsonToken.START_OBJECT, json, "'features' to be an object of modalities");
        Map<String, float[]> features = new LinkedHashMap<>();
        Set<String> given = new HashSet<>();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String modality = json.currentName();
            Integer width = widths.get(modality);
            if (width == null) {
                throw Refusal.badRequest("The model has no modality '" + modality + "'; it knows " + widths.keySet());
            }
            requireNew(given, modality, "Modality");
            if (json.nextToken() != JsonToken.VALUE_NULL) {
                features.put(modality, values(json, modality, width));
            }
        }
        return new Sample(features);
    }

    private static void requireNew(Set<String> given, String name, String kind) {
        if (!given.add(name)) {
            throw Refusal.badRequest(kind + " '" + name + "' is given twice in one input; give it once");
        }
    }

    private static float[] values(JsonParser json, String modality, int width) throws IOException {
        require(
                json.currentToken() == JsonToken.START_ARRAY,
                json,
                "modality '" + modality + "' to be a list of numbers");
        float[] values = new float[width];
        int count = 0;
        while (json.nextToken() != JsonToken.END_ARRAY) {
            require(json.currentToken().isNumeric(), json, "modality '" + modality + "' to hold numbers only");
            if (count == width) {
                throw Refusal.badRequest("Modality '" + modality + "' takes " + width + " features but got more");
            }
            values[count++] = json.getFloatValue();
        }
        if (count < width) {
            throw Refusal.badRequest("Modality '" + modality + "' takes " + width + " features but got " + count);
        }
        return values;
    }

    private static void require(boolean holds, JsonParser json, String expected) throws IOException {
        if (!holds) {
            throw Refusal.badRequest("Expected " + expected + " but found "
                    + (json.currentToken() == null ? "the end" : "'" + json.getText() + "'") + " (line "
                    + json.currentLocation().getLineNr() + ", column "
                    + json.currentLocation().getColumnNr() + ")");
        }
    }

    private String example() {
        Map.Entry<String, Integer> first = widths.entrySet().iterator().next();
        String numbers = String.join(", ", Arrays.asList("0.1", "0.2").subList(0, Math.min(2, first.getValue())));
        String dots = first.getValue() > 2 ? ", ..." : "";
        return "{\"features\": {\"" + first.getKey() + "\": [" + numbers + dots + "]}}";
    }
}
