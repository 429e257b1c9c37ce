package org.metafusion.ensemble.model;

import java.util.List;
import java.util.Map;
import org.metafusion.core.representation.EncoderForm;
import org.metafusion.core.representation.Representation;

/** Representations in a manifest: {@code {kind: extracted, extractor: pca, width: 32}}. */
final class RepresentationNode {

    private static final String NULL = "null";
    private static final String RAW = "raw";
    private static final String EXTRACTED = "extracted";
    private static final String ENCODED = "encoded";
    private static final String TUNED = "tuned";

    private RepresentationNode() {}

    static Map<String, Object> write(Representation representation) {
        if (representation instanceof Representation.Extracted extracted) {
            return Map.of("kind", EXTRACTED, "extractor", extracted.extractor(), "width", extracted.width());
        }
        if (representation instanceof Representation.Encoded encoded) {
            return Map.of("kind", ENCODED, "hidden", encoded.hidden(), "width", encoded.width());
        }
        if (representation instanceof Representation.Tuned tuned) {
            return Map.of(
                    "kind",
                    TUNED,
                    "extractor",
                    tuned.start().extractor(),
                    "width",
                    tuned.start().width(),
                    "layers",
                    tuned.form().widths(),
                    "unitLength",
                    tuned.form().unitLength());
        }
        return Map.of("kind", representation instanceof Representation.Raw ? RAW : NULL);
    }

    static Representation read(ManifestNode node) {
        String kind = node.get("kind").text();
        return switch (kind) {
            case NULL -> new Representation.Null();
            case RAW -> new Representation.Raw();
            case EXTRACTED -> extracted(node);
            case TUNED -> new Representation.Tuned(extracted(node), form(node));
            case ENCODED ->
                new Representation.Encoded(
                        node.get("hidden").list(RepresentationNode::width), width(node.get("width")));
            default -> throw node.get("kind").mismatch("one of " + List.of(NULL, RAW, EXTRACTED, ENCODED, TUNED));
        };
    }

    private static Representation.Extracted extracted(ManifestNode node) {
        return new Representation.Extracted(
                node.get("extractor").text(),
                node.get("width").integer(Representation.Extracted.OWN_WIDTH, Integer.MAX_VALUE));
    }

    private static EncoderForm form(ManifestNode node) {
        List<Integer> widths = node.get("layers").list(RepresentationNode::width);
        if (widths.isEmpty()) {
            throw node.get("layers").mismatch("the width of one layer or more");
        }
        return new EncoderForm(widths, node.get("unitLength").flag());
    }

    private static int width(ManifestNode node) {
        return node.integer(1, Integer.MAX_VALUE);
    }
}
