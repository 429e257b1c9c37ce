package org.metafusion.core.representation;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Reads pretrained encoders from files of one kind; found by {@link java.util.ServiceLoader}, so that adding a jar adds a
 * format.
 */
public interface EncoderFormat {

    /** What its files end in, such as {@code .onnx}. */
    String ending();

    /**
     * The encoder of a file.
     *
     * @param name by which representations refer to it
     * @param output which of the file's outputs; empty for its only one
     * @throws org.metafusion.core.FusionException if the file cannot be read or holds no encoder
     */
    FeatureExtractor open(String name, Path file, String output);

    /**
     * The encoder whose file is within a stored {@linkplain FittedExtractor#state state}; empty where the state is not of
     * this format, or the file was too large to be stored.
     *
     * @throws org.metafusion.core.FusionException if the file within was changed
     */
    Optional<FeatureExtractor> stored(String name, Map<String, float[]> state);
}
