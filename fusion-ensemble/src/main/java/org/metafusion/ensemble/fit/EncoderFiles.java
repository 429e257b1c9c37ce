package org.metafusion.ensemble.fit;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.TreeMap;
import org.metafusion.core.FusionException;
import org.metafusion.core.representation.EncoderFormat;
import org.metafusion.core.representation.FeatureExtractor;

/** Pretrained encoders in files, of the formats that are installed. */
record EncoderFiles(List<EncoderFormat> formats) {

    EncoderFiles {
        formats = List.copyOf(formats);
    }

    /** Those found by {@link ServiceLoader}. */
    static EncoderFiles installed() {
        List<EncoderFormat> formats = new ArrayList<>();
        ServiceLoader.load(EncoderFormat.class).forEach(formats::add);
        return new EncoderFiles(formats);
    }

    /**
     * The encoders of files.
     *
     * @param files by the encoder's name: a path, or a path, {@code #} and the name of an output
     * @throws FusionException if one cannot be read
     */
    List<FeatureExtractor> open(Map<String, String> files) {
        return new TreeMap<>(files)
                .entrySet().stream()
                        .map(named -> open(named.getKey(), named.getValue()))
                        .toList();
    }

    private FeatureExtractor open(String name, String written) {
        int hash = written.lastIndexOf('#');
        String file = hash < 0 ? written : written.substring(0, hash);
        String output = hash < 0 ? "" : written.substring(hash + 1);
        return formats.stream()
                .filter(format -> file.endsWith(format.ending()))
                .findFirst()
                .orElseThrow(() -> unread(name, file))
                .open(name, Path.of(file), output);
    }

    private FusionException unread(String name, String file) {
        List<String> endings = formats.stream().map(EncoderFormat::ending).toList();
        return new FusionException("Encoder '" + name + "' is to be read from " + file
                + (endings.isEmpty()
                        ? " but nothing here reads encoders; add fusion-onnx to the class path"
                        : " but encoders are read from files that end in " + String.join(" or ", endings)));
    }

    /** The encoder that a stored state holds, if it holds one. */
    Optional<FeatureExtractor> stored(String name, Map<String, float[]> state) {
        return formats.stream()
                .flatMap(format -> format.stored(name, state).stream())
                .findFirst();
    }
}
