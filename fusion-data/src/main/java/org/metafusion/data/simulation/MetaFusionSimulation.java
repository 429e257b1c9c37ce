package org.metafusion.data.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.metafusion.core.FusionException;
import org.metafusion.core.modality.FeatureTable;
import org.metafusion.core.modality.MultimodalDataset;
import org.metafusion.core.modality.Samples;
import org.metafusion.core.modality.SplitDataset;
import org.metafusion.core.modality.Targets;

/**
 * The simulations of Meta Fusion (arXiv 2507.20089, section 4) by name, and a smaller one to try things on.
 *
 * <p>Latents {@code U_m, S ~ N(0, 1)}; modality m is {@code r_m N(0, 1) + (1 - r_m) standardise([U_m, S] T_m)} with
 * {@code T_m ~ N(0, 1)}; {@code y} is a sum of transformed latents times {@code beta ~ U(-3, 3)}, without noise. The
 * paper does not say which "10 % of the interactions" it means; here they are 10 % of the products of an x and a z
 * latent.
 */
public final class MetaFusionSimulation {

    /** The small setting for a first try. */
    public static final String DEMO = "demo";

    private static final List<MetaFusionSimulation> ALL = List.of(
            new MetaFusionSimulation(
                    "1.1",
                    "Each of two modalities holds half of what decides y, linearly: early fusion should win.",
                    List.of(new ModalityShape("x", 500, 20, 0.4), new ModalityShape("z", 400, 30, 0.4)),
                    0,
                    Outcome.ofBoth()),
            new MetaFusionSimulation(
                    "1.2",
                    "A wide modality acts on y by squares, a narrow one linearly, and they interact; little noise.",
                    List.of(new ModalityShape("x", 2000, 20, 0.1), new ModalityShape("z", 100, 20, 0.1)),
                    0,
                    Outcome.ofInteractions()),
            new MetaFusionSimulation(
                    "1.3",
                    "As 1.2, but half of the wide modality is noise.",
                    List.of(new ModalityShape("x", 2000, 20, 0.5), new ModalityShape("z", 100, 20, 0.1)),
                    0,
                    Outcome.ofInteractions()),
            new MetaFusionSimulation(
                    "2.1",
                    "Two modalities show the same latents that decide y, linearly, among others: late fusion should win.",
                    List.of(new ModalityShape("x", 500, 50, 0.4), new ModalityShape("z", 400, 30, 0.4)),
                    20,
                    Outcome.ofShared(Outcome.LINEAR)),
            new MetaFusionSimulation(
                    "2.2",
                    "Two modalities show the same latents that decide y by squares, a wide one and a narrower one.",
                    List.of(new ModalityShape("x", 2000, 50, 0.3), new ModalityShape("z", 400, 30, 0.3)),
                    20,
                    Outcome.ofShared(Outcome.QUADRATIC)),
            new MetaFusionSimulation(
                    "2.3",
                    "As 2.2, but half of the wide modality is noise.",
                    List.of(new ModalityShape("x", 2000, 50, 0.5), new ModalityShape("z", 400, 30, 0.3)),
                    20,
                    Outcome.ofShared(Outcome.QUADRATIC)),
            new MetaFusionSimulation(
                    DEMO,
                    "Four classes of two yes-or-no questions, of which each modality answers one and guesses the other.",
                    List.of(new ModalityShape("x", 60, 2, 0.2), new ModalityShape("z", 40, 2, 0.2)),
                    2,
                    Outcome.ofTwoQuestions()));

    private final String name;
    private final String description;
    private final List<ModalityShape> modalities;
    private final int shared;
    private final Outcome outcome;

    private MetaFusionSimulation(
            String name, String description, List<ModalityShape> modalities, int shared, Outcome outcome) {
        this.name = name;
        this.description = description;
        this.modalities = modalities;
        this.shared = shared;
        this.outcome = outcome;
    }

    /** All simulations, in the order of the paper, the small one last. */
    public static List<MetaFusionSimulation> all() {
        return ALL;
    }

    /** @throws FusionException if there is none of that name; the message lists them */
    public static MetaFusionSimulation named(String name) {
        return ALL.stream()
                .filter(simulation -> simulation.name.equals(name))
                .findFirst()
                .orElseThrow(() -> new FusionException("There is no simulation '" + name + "'; choose one of "
                        + String.join(
                                ", ",
                                ALL.stream().map(MetaFusionSimulation::name).toList())));
    }

    /**
     * The same setting with a noisier first modality; of one seed, latents and mixing are the same.
     *
     * @param extra added to its noise ratio
     * @throws FusionException if the ratio does not stay between 0 and 1
     */
    public MetaFusionSimulation withExtraNoise(double extra) {
        List<ModalityShape> noisier = new ArrayList<>(modalities);
        noisier.set(0, modalities.get(0).withExtraNoise(extra));
        return new MetaFusionSimulation(name, description, noisier, shared, outcome);
    }

    /** Such as {@code 1.1} or {@code demo}. */
    public String name() {
        return name;
    }

    /** What it is about, one sentence. */
    public String description() {
        return description;
    }

    /** The rows to learn from; in the paper 1280 to train and 320 to validate. */
    public int trainRows() {
        return name.equals(DEMO) ? 450 : 1600;
    }

    public int testRows() {
        return name.equals(DEMO) ? 150 : 400;
    }

    /** The data of a seed: modalities {@code x} and {@code z}, all rows complete. */
    public SplitDataset generate(long seed) {
        NumberStream numbers = new NumberStream(seed);
        int rows = trainRows() + testRows();
        ModalityShape x = modalities.get(0);
        ModalityShape z = modalities.get(1);
        LatentFactors latents = LatentFactors.draw(rows, x.latents(), z.latents(), shared, numbers);
        List<FeatureTable> tables = List.of(
                x.features(latents.x(), latents.shared(), numbers), z.features(latents.z(), latents.shared(), numbers));
        Targets targets = outcome.targets(latents, numbers);
        List<String> ids = IntStream.range(0, rows).mapToObj(Integer::toString).toList();
        MultimodalDataset all = new MultimodalDataset("simulation-" + name, new Samples(ids, tables), targets);
        return new SplitDataset(
                all.select(IntStream.range(0, trainRows()).toArray()),
                all.select(IntStream.range(trainRows(), rows).toArray()));
    }

    @Override
    public String toString() {
        return name;
    }
}
