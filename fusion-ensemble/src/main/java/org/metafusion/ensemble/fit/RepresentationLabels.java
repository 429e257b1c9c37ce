package org.metafusion.ensemble.fit;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.metafusion.core.FusionException;
import org.metafusion.core.representation.Representation;

/**
 * Representations by label: {@code raw}; {@code pca32}, 32 principal components; {@code enc64}, a trained encoder to 64
 * with one hidden layer of 256, or {@code enc64(128,96)} with hidden layers of 128 and 96; the name of any other extractor
 * with a width, or alone where it has a width of its own.
 */
public final class RepresentationLabels {

    private static final Pattern ENCODED = Pattern.compile("enc(\\d{1,6})(?:\\((\\d{1,6}(?:,\\d{1,6})*)\\))?");
    private static final Pattern EXTRACTED = Pattern.compile("([a-z](?:[a-z0-9_-]*[a-z])?)(\\d{1,6})?");

    private RepresentationLabels() {}

    /** @throws FusionException if a label is none of these */
    public static List<Representation> parse(List<String> labels) {
        return labels.stream().map(RepresentationLabels::parse).toList();
    }

    private static Representation parse(String label) {
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
        Matcher extracted = EXTRACTED.matcher(label);
        if (extracted.matches() && !extracted.group(1).equals("enc")) {
            String width = extracted.group(2);
            return new Representation.Extracted(
                    extracted.group(1), width == null ? Representation.Extracted.OWN_WIDTH : positive(width, label));
        }
        throw new FusionException("Unknown representation '" + label
                + "'; use raw, pca32, enc64 or enc64(128,96), with widths of your own");
    }

    private static int positive(String digits, String label) {
        int width = Integer.parseInt(digits);
        if (width < 1) {
            throw new FusionException("Representation '" + label + "' has a width of 0; give it 1 or more");
        }
        return width;
    }
}
