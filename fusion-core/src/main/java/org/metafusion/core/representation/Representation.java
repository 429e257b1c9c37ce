package org.metafusion.core.representation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a student sees of one modality. */
public sealed interface Representation {

    /** As shown in tables and names, such as {@code raw}, {@code pca32} or {@code -} for null. */
    String label();

    /** Whether the student uses the modality at all. */
    default boolean isPresent() {
        return !(this instanceof Null);
    }

    /** The form of the network within the student that computes it from the standardised features, if one does. */
    default Optional<EncoderForm> encoder() {
        return Optional.empty();
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

        @Override
        public Optional<EncoderForm> encoder() {
            List<Integer> widths = new ArrayList<>(hidden);
            widths.add(width);
            return Optional.of(new EncoderForm(widths, false));
        }
    }

    /**
     * Fine-tuned: encoded by a network that is part of the student and trained with it, as {@link Encoded}, but whose
     * initial weights are those of an encoder that an extractor has trained beforehand. Each copy of a student in
     * cross-fitting starts from the encoder fitted on the rows it learns from.
     *
     * @param start the frozen representation it starts as
     * @param form of that encoder
     */
    record Tuned(Extracted start, EncoderForm form) implements Representation {

        /** What labels of fine-tuned representations end with. */
        public static final String SUFFIX = "-tuned";

        /** {@code con64-tuned}. */
        @Override
        public String label() {
            return start.label() + SUFFIX;
        }

        @Override
        public Optional<EncoderForm> encoder() {
            return Optional.of(form);
        }
    }
}
