package org.metafusion.core.representation;

import java.util.List;

/** What a student sees of one modality. */
public sealed interface Representation {

    /** As shown in tables and names, such as {@code raw}, {@code pca32} or {@code -} for null. */
    String label();

    /** Whether the student uses the modality at all. */
    default boolean isPresent() {
        return !(this instanceof Null);
    }

    /** The modality is not used. */
    record Null() implements Representation {
        @Override
        public String label() {
            return "-";
        }
    }

    /** The standardised features as they are. */
    record Raw() implements Representation {
        @Override
        public String label() {
            return "raw";
        }
    }

    /**
     * Extracted once, before training, by a {@link FeatureExtractor} fitted on the training rows.
     *
     * @param extractor the extractor's name, such as {@code pca}
     * @param width asked for; an extractor may give fewer where the data have a lower rank; {@link #OWN_WIDTH} where the
     *     extractor has a {@linkplain FeatureExtractor#ownWidth width of its own}
     */
    record Extracted(String extractor, int width) implements Representation {

        /** Stands for the extractor's own width. */
        public static final int OWN_WIDTH = 0;

        /** {@code pca32}, or the extractor's name alone where it has a width of its own. */
        @Override
        public String label() {
            return width == OWN_WIDTH ? extractor : extractor + width;
        }
    }

    /**
     * Encoded by a network that is part of the student and trained with it: dense layers with ReLU of the hidden
     * widths, then a dense layer to {@code width} without one.
     */
    record Encoded(List<Integer> hidden, int width) implements Representation {

        /** The hidden widths that labels leave out. */
        public static final List<Integer> USUAL_HIDDEN = List.of(256);

        public Encoded {
            hidden = List.copyOf(hidden);
        }

        /** {@code enc64}, or {@code enc64(128,96)} where the hidden widths are not the usual ones. */
        @Override
        public String label() {
            if (hidden.equals(USUAL_HIDDEN)) {
                return "enc" + width;
            }
            return "enc" + width + "("
                    + String.join(",", hidden.stream().map(String::valueOf).toList()) + ")";
        }
    }
}
