package org.metafusion.ensemble.fit;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.metafusion.core.FusionException;
import org.metafusion.core.representation.FeatureExtractor;
import org.metafusion.core.representation.Representation.Tuned;
import org.metafusion.training.alignment.ContrastiveExtractor;
import org.metafusion.training.encoder.TrainedExtractor;
import org.metafusion.training.forest.ForestExtractor;
import org.metafusion.training.representation.CcaExtractor;
import org.metafusion.training.representation.FourierExtractor;
import org.metafusion.training.representation.KernelPcaExtractor;
import org.metafusion.training.representation.PcaExtractor;

/** The feature extractors a cohort may use and a stored model may name. */
public final class Extractors {

    private static final Pattern NAME = Pattern.compile("[a-z](?:[a-z0-9_-]*[a-z])?");
    private static final List<String> RESERVED = List.of("raw", "enc", "null");

    private final SortedMap<String, FeatureExtractor> byName;
    private final EncoderFiles files;

    private Extractors(SortedMap<String, FeatureExtractor> byName, EncoderFiles files) {
        this.byName = byName;
        this.files = files;
    }

    /** Those that come with MetaFusion: {@code pca}, {@code kpca}, {@code laplace}, {@code rff}, {@code cca}, {@code sup},
     * {@code ae}, {@code con}, {@code forest}. */
    public static Extractors standard() {
        Extractors none = new Extractors(new TreeMap<>(), EncoderFiles.installed());
        return none.with(List.of(
                new PcaExtractor(),
                KernelPcaExtractor.gaussian(),
                KernelPcaExtractor.laplacian(),
                new FourierExtractor(),
                new CcaExtractor(),
                TrainedExtractor.supervised(),
                TrainedExtractor.autoencoder(),
                new ContrastiveExtractor(),
                new ForestExtractor()));
    }

    /**
     * The standard ones, and the encoders in files that options name.
     *
     * @throws FusionException if a file cannot be read, or a name is taken or is none
     */
    public static Extractors of(CohortOptions options) {
        Extractors standard = standard();
        return standard.with(standard.files.open(options.encoders()));
    }

    /**
     * These and others.
     *
     * @throws FusionException if a name is taken or is none
     */
    public Extractors with(Collection<? extends FeatureExtractor> others) {
        SortedMap<String, FeatureExtractor> all = new TreeMap<>(byName);
        for (FeatureExtractor extractor : others) {
            String name = extractor.name();
            if (!NAME.matcher(name).matches() || RESERVED.contains(name) || name.endsWith(Tuned.SUFFIX)) {
                throw new FusionException("An extractor cannot be named '" + name
                        + "'; use lower-case letters with digits, '-' and '_' between them, other than " + RESERVED
                        + " and without '" + Tuned.SUFFIX + "' at the end");
            }
            if (all.put(name, extractor) != null) {
                throw new FusionException("There are two extractors '" + name + "'; give each a name of its own");
            }
        }
        return new Extractors(all, files);
    }

    /**
     * The encoder that a stored model holds itself; empty where it holds none that can be read here.
     *
     * @param state what was stored of what the extractor of that name fitted
     * @throws FusionException if what the model holds was changed
     */
    public Optional<FeatureExtractor> stored(String name, Map<String, float[]> state) {
        return files.stored(name, state);
    }

    /** All of them by name. */
    public Map<String, FeatureExtractor> byName() {
        return java.util.Collections.unmodifiableSortedMap(byName);
    }
}
