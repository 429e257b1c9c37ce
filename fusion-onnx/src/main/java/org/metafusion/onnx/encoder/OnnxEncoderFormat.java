package org.metafusion.onnx.encoder;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.metafusion.core.representation.EncoderFormat;
import org.metafusion.core.representation.FeatureExtractor;

/** Encoders in ONNX files; see {@link OnnxEncoder}. */
public final class OnnxEncoderFormat implements EncoderFormat {

    @Override
    public String ending() {
        return ".onnx";
    }

    @Override
    public FeatureExtractor open(String name, Path file, String output) {
        return OnnxEncoder.of(name, file, output);
    }

    @Override
    public Optional<FeatureExtractor> stored(String name, Map<String, float[]> state) {
        return OnnxEncoder.stored(name, state);
    }
}
