package org.metafusion.ensemble.fit;

import java.util.List;
import java.util.Map;
import org.metafusion.core.FusionException;
import org.metafusion.core.fusion.Concatenation;
import org.metafusion.core.student.HeadSpec;
import org.metafusion.training.phase.TrainingOptions;

/**
 * The options of Meta Fusion's simulations (arXiv 2507.20089): modalities {@code x} and {@code z}, Adam with learning
 * rate 1e-3, batches of 64, no regularisation, a fixed number of epochs, three values of rho, a fifth of the training rows for validation.
 */
public final class PaperOptions {

    private static final List<String> SETTINGS = List.of("1.1", "1.2", "1.3", "2.1", "2.2", "2.3");

    private PaperOptions() {}

    /** The names of the settings. */
    public static List<String> settings() {
        return SETTINGS;
    }

    /**
     * The options of a setting.
     *
     * @throws FusionException if there is none of that name
     */
    public static FitOptions of(String setting) {
        return switch (setting) {
            case "1.1" -> encoders(10);
            case "2.1" -> encoders(30);
            case "1.2", "1.3" -> components(List.of(50, 60, 70, 80), List.of(60, 70, 80, 90));
            case "2.2", "2.3" -> components(List.of(60, 80, 100, 120), List.of(60, 80, 100, 120));
            default ->
                throw new FusionException(
                        "There is no setting '" + setting + "'; choose one of " + String.join(", ", SETTINGS));
        };
    }

    /** Trained encoders with a hidden layer of 256, beside the raw features. */
    private static FitOptions encoders(int epochs) {
        return options(
                Map.of(
                        "x", List.of("raw", "enc400", "enc300", "enc200"),
                        "z", List.of("raw", "enc300", "enc200", "enc100")),
                HeadSpec.of(128, 64),
                epochs);
    }

    /** Principal components alone, as the paper's table has it. */
    private static FitOptions components(List<Integer> x, List<Integer> z) {
        return options(Map.of("x", components(x), "z", components(z)), HeadSpec.of(300, 200, 100), 30);
    }

    private static List<String> components(List<Integer> widths) {
        return widths.stream().map(width -> "pca" + width).toList();
    }

    private static FitOptions options(Map<String, List<String>> representations, HeadSpec head, int epochs) {
        FitOptions defaults = FitOptions.defaults();
        MutualOptions mutual = defaults.mutual();
        return defaults.withValidation(defaults.validation().holdout())
                .withTraining(TrainingOptions.plain(epochs, 0))
                .withMutual(new MutualOptions(
                        mutual.scheme(),
                        List.of(0.0, 1.0, 5.0),
                        mutual.clusters(),
                        RhoJudge.TOP_PERFORMERS,
                        mutual.continued()))
                .withCohort(new CohortOptions(representations, List.of(head), true, List.of(Concatenation.NAME), 64));
    }
}
