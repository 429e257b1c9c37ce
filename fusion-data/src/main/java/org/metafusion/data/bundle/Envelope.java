package org.metafusion.data.bundle;

import java.io.IOException;
import java.util.Map;

/**
 * What {@code manifest.json} holds: which format this is, what the weights must be, and the model's own manifest.
 *
 * @param sha256 of the weights, in hexadecimal
 * @param bytes the weights' length
 */
record Envelope(String sha256, long bytes, Map<String, Object> model) {

    static final String FORMAT = "metafusion-model";
    static final int VERSION = 1;

    Map<String, Object> tree() {
        return Map.of(
                "format",
                FORMAT,
                "formatVersion",
                VERSION,
                "weights",
                Map.of("file", BundleModelStore.WEIGHTS, "sha256", sha256, "bytes", bytes),
                "model",
                model);
    }

    /**
     * Takes the tree apart.
     *
     * @throws IOException if it is not of the form; the message says what is missing
     */
    static Envelope of(Map<String, Object> tree) throws IOException {
        Map<String, Object> weights = map(tree, "weights");
        if (weights.get("sha256") instanceof String sha256 && weights.get("bytes") instanceof Number bytes) {
            return new Envelope(sha256, bytes.longValue(), map(tree, "model"));
        }
        throw new IOException("'weights' has no sha256 and bytes");
    }

    @SuppressWarnings("unchecked") // JsonTree gives every map string keys
    private static Map<String, Object> map(Map<String, Object> tree, String key) throws IOException {
        if (tree.get(key) instanceof Map<?, ?> map) {
            return (Map<String, Object>) map;
        }
        throw new IOException("there is no '" + key + "'");
    }
}
