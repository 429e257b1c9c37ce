package org.metafusion.ensemble.search;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.metafusion.core.FusionException;
import org.metafusion.core.modality.Modality;
import org.metafusion.ensemble.config.FusionConfig;

/**
 * The configurations a search draws from: every combination of its dimensions' values.
 *
 * @param configuredShare how likely a key stays as configured in a trial, from 0 to below 1. With many keys and a good
 *     configuration to start from, trials that differ in all of them at once are mostly worse
 */
public record SearchSpace(List<Dimension> dimensions, double configuredShare) {

    private static final int WIDEST_COMPONENTS = 256;
    private static final double USUAL_SHARE = 2.0 / 3;

    public SearchSpace {
        dimensions = List.copyOf(dimensions);
        if (dimensions.isEmpty()) {
            throw new FusionException("A search needs one key or more to vary");
        }
        if (!(configuredShare >= 0 && configuredShare < 1)) {
            throw new IllegalArgumentException(
                    "Keys stay as configured in a share of the trials from 0 to below 1, not " + configuredShare);
        }
    }

    /** Of the given values by key, all of which every trial draws. */
    public static SearchSpace of(Map<String, List<String>> values) {
        return of(values, 0);
    }

    private static SearchSpace of(Map<String, List<String>> values, double configuredShare) {
        List<Dimension> dimensions = values.entrySet().stream()
                .map(entry -> new Dimension(entry.getKey(), entry.getValue()))
                .toList();
        return new SearchSpace(dimensions, configuredShare);
    }

    /**
     * What usually matters: representations, operators, heads, regularisation, mutual learning and the committee. A trial
     * changes a third of these.
     */
    public static SearchSpace standard(List<Modality> modalities, int rows) {
        Map<String, List<String>> values = new LinkedHashMap<>();
        values.put(
                "cohort.representations",
                List.of(
                        each(modalities, modality -> "raw"),
                        each(modalities, modality -> "raw,pca" + components(modality, rows)),
                        each(modalities, modality -> "raw,laplace512,forest200"),
                        each(modalities, modality -> "raw,laplace512,kpca512,forest500"),
                        each(modalities, modality -> "raw,pca" + components(modality, rows) + ",laplace512,kpca512"),
                        each(modalities, modality -> "laplace512,forest200"),
                        each(modalities, modality -> "raw,laplace512,enc64"),
                        each(modalities, modality -> "raw,laplace512,sup64-tuned")));
        if (modalities.size() > 1) {
            values.put(
                    "cohort.operators",
                    List.of(
                            "[concatenation]",
                            "[concatenation,gated]",
                            "[concatenation,gated16]",
                            "[concatenation,attention]",
                            "[concatenation,low-rank]",
                            "[concatenation,low-rank16x8]"));
        }
        values.put("cohort.hidden", List.of("[[128],[]]", "[[64],[]]", "[[256],[]]", "[[128,64],[]]", "[[]]"));
        values.put("training.dropout", List.of("0.1", "0.3", "0.5"));
        values.put("training.weight-decay", List.of("0.001", "0.01", "0.1"));
        values.put("training.learning-rate", List.of("0.0005", "0.001", "0.002"));
        values.put("mutual.rhos", List.of("[0]", "[0.5]", "[2]"));
        values.put("mutual.clusters", List.of("silhouette", "elbow"));
        values.put("committee.prune-fraction", List.of("0", "0.2", "0.5"));
        values.put(
                "committee.rule", List.of("stacking", "chosen", "bagged-greedy", "weighted-average", "simple-average"));
        return of(values, USUAL_SHARE);
    }

    private static int components(Modality modality, int rows) {
        return Math.max(1, Math.min(WIDEST_COMPONENTS, Math.min(modality.width(), rows) / 2));
    }

    private static String each(List<Modality> modalities, Function<Modality, String> labels) {
        return modalities.stream()
                .map(modality -> "\"" + modality.name() + "\"=[" + labels.apply(modality) + "]")
                .collect(Collectors.joining(",", "{", "}"));
    }

    /**
     * The number of configurations, with the configured one.
     *
     * @param configured what holds where a trial sets nothing
     */
    public double size(FusionConfig configured) {
        double size = 1;
        boolean isConfiguredAmongThem = true;
        for (Dimension dimension : dimensions) {
            long others = dimension.values().stream()
                    .filter(value ->
                            !configured.with(Map.of(dimension.key(), value)).equals(configured))
                    .count();
            size *= configuredShare > 0 ? others + 1 : dimension.values().size();
            isConfiguredAmongThem &=
                    configuredShare > 0 || others < dimension.values().size();
        }
        return isConfiguredAmongThem ? size : size + 1;
    }

    /**
     * Trials drawn at random, no two of which come to the same configuration: number 0 changes nothing, so that the search
     * starts from what is configured.
     *
     * @param configured what holds where a trial sets nothing
     * @param count how many at most, number 0 included
     */
    public List<Trial> draw(FusionConfig configured, int count, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Trial> trials = new ArrayList<>(List.of(new Trial(0, Map.of())));
        Set<FusionConfig> known = new HashSet<>(Set.of(configured));
        for (long draw = 0; trials.size() < count && draw < 100L * count; draw++) {
            Map<String, String> settings = new LinkedHashMap<>();
            for (Dimension dimension : dimensions) {
                if (configuredShare == 0 || random.nextDouble() >= configuredShare) {
                    settings.put(
                            dimension.key(),
                            dimension
                                    .values()
                                    .get(random.nextInt(dimension.values().size())));
                }
            }
            if (known.add(configured.with(settings))) {
                trials.add(new Trial(trials.size(), settings));
            }
        }
        return trials;
    }
}
