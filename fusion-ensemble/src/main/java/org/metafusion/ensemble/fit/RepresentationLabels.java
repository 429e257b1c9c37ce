package org.metafusion.ensemble.fit;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.metafusion.core.FusionException;
import org.metafusion.core.representation.EncoderForm;
import org.metafusion.core.representation.FeatureExtractor;
import org.metafusion.core.representation.Representation;
import org.metafusion.core.representation.Representation.Extracted;
import org.metafusion.core.representation.Representation.Tuned;

/**
 * Representations by label: {@code raw}; {@code pca32}, 32 principal components; {@code enc64}, a trained encoder to 64
 * with one hidden layer of 256, or {@code enc64(128,96)} with hidden layers of 128 and 96; the name of any other extractor
 * with a width, or alone where it has a width of its own; and {@code con64-tuned}, an encoder that starts as such a
 * representation and is trained on with its students.
 */
public final class RepresentationLabels {

    /** The largest width that a label can hold. */
    public static final int LARGEST = 999_999;

    private static final Pattern ENCODED = Pattern.compile("enc(\\d{1,6})(?:\\((\\d{1,6}(?:,\\d{1,6})*)\\))?");
    private static final Pattern EXTRACTED = Pattern.compile("([a-z](?:[a-z0-9_-]*[a-z])?)(\\d{1,6})?");

    private final Map<String, FeatureExtractor> extractors;

    private RepresentationLabels(Map<String, FeatureExtractor> extractors) {
        this.extractors = extractors;
    }

    /**
     * The representations of labels, under the extractors that come with MetaFusion.
     *
     * @throws FusionException if a label is none of these, or nothing that can be fine-tuned
     */
    public static List<Representation> parse(List<String> labels) {
        return parse(labels, Extractors.standard().byName());
    }

    /**
     * The representations of labels.
     *
     * @param extractors by name: what can be fine-tuned depends on them
     * @throws FusionException if a label is none of these, or nothing that can be fine-tuned
     */
    static List<Representation> parse(List<String> labels, Map<String, FeatureExtractor> extractors) {
        RepresentationLabels reader = new RepresentationLabels(extractors);
        return labels.stream().map(reader::parse).toList();
    }

    /**
     * Checks how a label is written, whatever extractors there are.
     *
     * @throws FusionException if it is none
     */
    public static void requireLabel(String label) {
        RepresentationLabels none = new RepresentationLabels(Map.of());
        if (label.endsWith(Tuned.SUFFIX)) {
            none.start(label);
        } else {
            none.parse(label);
        }
    }

    private Representation parse(String label) {
        if (label.endsWith(Tuned.SUFFIX)) {
            return tuned(label);
        }
        if (label.equals("raw")) {
            return new Representation.Raw();
        }
        Matcher encoded = ENCODED.matcher(label);
        if (encoded.matches()) {
            int width = positive(encoded.group(1), label);
            return new Representation.Encoded(
                    encoded.group(2) == null
                            ? Representation.Encoded.USUAL_HIDDEN
                            : Stream.of(encoded.group(2).split(",", -1))
                                    .map(hidden -> positive(hidden, label))
                                    .toList(),
                    width);
        }
        return extracted(label).orElseThrow(() -> unknown(label));
    }

    private static Optional<Extracted> extracted(String label) {
        Matcher extracted = EXTRACTED.matcher(label);
        if (!extracted.matches() || extracted.group(1).equals("enc")) {
            return Optional.empty();
        }
        String width = extracted.group(2);
        return Optional.of(
                new Extracted(extracted.group(1), width == null ? Extracted.OWN_WIDTH : positive(width, label)));
    }

    private Extracted start(String label) {
        String start = label.substring(0, label.length() - Tuned.SUFFIX.length());
        if (start.equals("raw") || ENCODED.matcher(start).matches()) {
            throw new FusionException("Representation '" + label + "' has no encoder trained beforehand to start from;"
                    + " use sup64-tuned, ae64-tuned or con64-tuned, or '" + start + "' as it is");
        }
        return extracted(start).orElseThrow(() -> unknown(label));
    }

    private Tuned tuned(String label) {
        Extracted start = start(label);
        String name = start.extractor();
        FeatureExtractor extractor = extractors.get(name);
        if (extractor == null) {
            throw new FusionException(
                    "Unknown extractor '" + name + "'; known are " + new java.util.TreeSet<>(extractors.keySet()));
        }
        OptionalInt own = extractor.ownWidth();
        if (own.isPresent() != (start.width() == Extracted.OWN_WIDTH)) {
            throw new FusionException(
                    own.isPresent()
                            ? "Extractor '" + name + "' gives " + own.getAsInt() + " features; write '" + name
                                    + Tuned.SUFFIX + "' in place of '" + label + "'"
                            : "Extractor '" + name + "' needs a width; write '" + name + "32" + Tuned.SUFFIX
                                    + "' in place of '" + label + "', with a width of your own");
        }
        EncoderForm form = extractor
                .encoderForm(own.orElse(start.width()))
                .orElseThrow(
                        () -> new FusionException("Representation '" + label + "' cannot be fine-tuned: extractor '"
                                + name + "' fits no dense encoder; those that do are " + tunable() + ", or use '"
                                + start.label() + "' as it is"));
        return new Tuned(start, form);
    }

    private List<String> tunable() {
        return extractors.values().stream()
                .filter(e -> e.encoderForm(e.ownWidth().orElse(1)).isPresent())
                .map(FeatureExtractor::name)
                .sorted()
                .toList();
    }

    private static FusionException unknown(String label) {
        return new FusionException("Unknown representation '" + label
                + "'; use raw, pca32, enc64 or enc64(128,96), with widths of your own up to " + LARGEST);
    }

    private static int positive(String digits, String label) {
        int width = Integer.parseInt(digits);
        if (width < 1) {
            throw new FusionException("Representation '" + label + "' has a width of 0; give it 1 or more");
        }
        return width;
    }
}
