package org.metafusion.ensemble.config;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.metafusion.core.fusion.OperatorSizes;
import org.metafusion.core.student.HeadSpec;
import org.metafusion.ensemble.committee.CombinationRule;
import org.metafusion.ensemble.committee.SelectionOptions;
import org.metafusion.ensemble.fit.CohortOptions;
import org.metafusion.ensemble.fit.MutualOptions;
import org.metafusion.ensemble.fit.RepresentationLabels;
import org.metafusion.ensemble.fit.RhoJudge;
import org.metafusion.ensemble.screening.ClusterCount;
import org.metafusion.ensemble.screening.DivergenceScheme;
import org.metafusion.training.balance.Modulation;
import org.metafusion.training.balance.ModulationOptions;
import org.metafusion.training.phase.TrainingOptions;

/** The table of keys: what may be configured, and where it is found in a {@link FusionConfig}. */
final class ConfigKeys {

    static final String ROOT = "fusion.";

    static final ConfigKey<String> BACKEND = key(
            "backend",
            ValueTypes.text("the name of a backend, such as auto, cpu or cuda"),
            "What computes: a backend's name, or auto for the best that is usable here.",
            FusionConfig::backend);
    static final ConfigKey<Integer> THREADS = key(
            "threads",
            ValueTypes.integer(0),
            "Threads of the CPU backend; 0 for one a processor. Results do not depend on it.",
            FusionConfig::threads);
    static final ConfigKey<Long> SEED = key(
            "seed",
            ValueTypes.wholeNumber(),
            "Seed of splits, initial weights, batches and dropout: same seed, same model.",
            c -> c.options().training().seed());
    static final ConfigKey<Double> VALIDATION_FRACTION = key(
            "validation-fraction",
            ValueTypes.number("between 0 and 1, both excluded", f -> f > 0 && f < 1),
            "Share of the training rows set aside to select by, where they are enough.",
            c -> c.options().validation().fraction());
    static final ConfigKey<Integer> FOLDS = key(
            "cross-fitting.folds",
            ValueTypes.integer(2),
            "Copies of each student in cross-fitting, each judged by the rows it does not learn from.",
            c -> c.options().validation().folds());
    static final ConfigKey<Integer> CROSS_FITTED_BELOW = key(
            "cross-fitting.below",
            ValueTypes.integer(0),
            "Fewer training rows than this are cross-fitted, so that all of them select; 0 for never.",
            c -> c.options().validation().crossFittedBelow());

    static final ConfigKey<Map<String, List<String>>> REPRESENTATIONS = key(
            "cohort.representations",
            new ByModality<>(
                    ValueTypes.representations(),
                    "representations by modality, such as { image = [raw, pca32, enc64, \"enc64(128,96)\"] },"
                            + " with widths up to " + RepresentationLabels.LARGEST),
            "Representations by modality, such as { image = [raw, pca32, enc64] }; a modality not named gets raw,"
                    + " principal components and, with few rows, kernel components and a forest.",
            c -> new TreeMap<>(c.options().cohort().representations()));

    static final ConfigKey<Map<String, String>> ENCODERS = key(
            "cohort.encoders",
            new ByModality<>(
                    ValueTypes.text("a file"),
                    "files by name, such as { clip = clip.onnx, voice = \"voice.onnx#pooled\" }"),
            "ONNX files of pretrained encoders by the names that cohort.representations gives them, such as"
                    + " { clip = clip.onnx }; after # which output, where a graph has several.",
            c -> new TreeMap<>(c.options().cohort().encoders()));

    static final ConfigKey<List<HeadSpec>> HIDDEN = key(
            "cohort.hidden",
            ValueTypes.heads(),
            "Hidden widths of each kind of head a student may have; [] is a linear head.",
            cohort(CohortOptions::heads));
    static final ConfigKey<Boolean> SUITED_HEADS = key(
            "cohort.suited-heads",
            ValueTypes.flag(),
            "Whether kernel components and forests get linear heads alone and principal components hidden layers"
                    + " alone, where cohort.hidden lists both; if not, everything is paired with everything.",
            cohort(CohortOptions::suitedHeads));
    static final ConfigKey<List<String>> OPERATORS = key(
            "cohort.operators",
            ValueTypes.operators(),
            "Fusion operators a student may have, such as gated, mean32 (of width 32) or low-rank32x8 (and rank 8).",
            cohort(CohortOptions::operators));
    static final ConfigKey<Integer> OPERATOR_WIDTH = key(
            "cohort.operator-width",
            ValueTypes.integer(1, OperatorSizes.LARGEST),
            "Width of what operators that project their inputs give, where their names hold none.",
            cohort(options -> options.operatorSizes().width()));
    static final ConfigKey<Integer> OPERATOR_RANK = key(
            "cohort.operator-rank",
            ValueTypes.integer(1, OperatorSizes.LARGEST),
            "Rank of low-rank fusion, where its name holds none.",
            cohort(options -> options.operatorSizes().rank()));
    static final ConfigKey<Integer> MAX_STUDENTS = key(
            "cohort.max-students",
            ValueTypes.integer(1),
            "Students at most; beyond, a fixed sample of the pairings is trained.",
            cohort(CohortOptions::maxStudents));

    static final ConfigKey<Integer> EPOCHS = key(
            "training.epochs", ValueTypes.integer(1), "Epochs of a phase at most.", training(TrainingOptions::epochs));
    static final ConfigKey<Integer> BATCH_SIZE =
            key("training.batch-size", ValueTypes.integer(1), "Rows a step.", training(TrainingOptions::batchSize));
    static final ConfigKey<Float> LEARNING_RATE = key(
            "training.learning-rate",
            ValueTypes.single("above 0 and at most 1", rate -> rate > 0 && rate <= 1),
            "Learning rate of AdamW.",
            training(TrainingOptions::learningRate));
    static final ConfigKey<Float> WEIGHT_DECAY = key(
            "training.weight-decay",
            ValueTypes.single("of 0 or more", decay -> decay >= 0),
            "Decoupled weight decay of AdamW.",
            training(TrainingOptions::weightDecay));
    static final ConfigKey<Float> DROPOUT = key(
            "training.dropout",
            ValueTypes.single("of 0 or more and below 1", rate -> rate >= 0 && rate < 1),
            "Share of hidden units dropped in training.",
            training(TrainingOptions::dropout));
    static final ConfigKey<Integer> PATIENCE = key(
            "training.patience",
            ValueTypes.integer(1),
            "Epochs without a better validation loss after which a student stops.",
            training(TrainingOptions::patience));
    static final ConfigKey<Float> TEMPERATURE = key(
            "training.temperature",
            ValueTypes.single("above 0", temperature -> temperature > 0),
            "Temperature of the distributions students compare in phase 2.",
            training(TrainingOptions::temperature));
    static final ConfigKey<Float> TARGET_DEVIATION = key(
            "training.target-deviation",
            ValueTypes.single("above 0", deviation -> deviation > 0),
            "Standard deviation to which regression targets are scaled; a larger one means smaller steps.",
            training(TrainingOptions::targetDeviation));
    static final ConfigKey<Float> MODALITY_DROPOUT = key(
            "training.modality-dropout",
            ValueTypes.single("of 0 or more and below 1", rate -> rate >= 0 && rate < 1),
            "How likely a modality of a row is withheld in training from students that answer by what is there"
                    + " (operator factorised).",
            training(TrainingOptions::modalityDropout));

    static final ConfigKey<Modulation> MODULATION = key(
            "training.modulation",
            ValueTypes.constant(Modulation.class),
            "What keeps a dominant modality from crowding the others out of a student that joins them.",
            modulation(ModulationOptions::kind));
    static final ConfigKey<Double> MODULATION_ALPHA = key(
            "training.modulation-alpha",
            ValueTypes.number("above 0", alpha -> alpha > 0),
            "Strength of the modulation.",
            modulation(ModulationOptions::alpha));
    static final ConfigKey<Double> MODULATION_CAP = key(
            "training.modulation-cap",
            ValueTypes.number("above 0", cap -> cap > 0),
            "Bound of what agm speeds a modality up by: exp(alpha cap).",
            modulation(ModulationOptions::cap));
    static final ConfigKey<ModulationOptions.Scope> MODULATION_SCOPE = key(
            "training.modulation-scope",
            ValueTypes.constant(ModulationOptions.Scope.class),
            "What is scaled: the optimiser's step, or the gradient, of which AdamW divides most out again.",
            modulation(ModulationOptions::scope));

    static final ConfigKey<DivergenceScheme> SCHEME = key(
            "mutual.scheme",
            ValueTypes.constant(DivergenceScheme.class),
            "Who teaches: the top performers (adaptive), everyone (all-pairs) or nobody (none).",
            mutual(MutualOptions::scheme));
    static final ConfigKey<List<Double>> RHOS = key(
            "mutual.rhos",
            ValueTypes.listOf("a list of numbers of 0 or more", ValueTypes.number("of 0 or more", rho -> rho >= 0)),
            "Weights of the divergence to choose from by validation loss; 0 is training alone.",
            mutual(MutualOptions::rhos));
    static final ConfigKey<ClusterCount> CLUSTERS = key(
            "mutual.clusters",
            ValueTypes.constant(ClusterCount.class),
            "How the number of clusters of the screening is chosen.",
            mutual(MutualOptions::clusters));
    static final ConfigKey<RhoJudge> RHO_JUDGE = key(
            "mutual.judge",
            ValueTypes.constant(RhoJudge.class),
            "By what rho is chosen: the loss of the committee the top performers make, or their mean loss.",
            mutual(MutualOptions::judge));
    static final ConfigKey<Boolean> CONTINUED = key(
            "mutual.continued",
            ValueTypes.flag(),
            "Whether phase 2 goes on from the weights of phase 1 rather than from the initial ones.",
            mutual(MutualOptions::continued));

    static final ConfigKey<CombinationRule> RULE = key(
            "committee.rule",
            ValueTypes.constant(CombinationRule.class),
            "How the committee is made; auto asks the validation rows.",
            c -> c.options().rule());
    static final ConfigKey<Double> PRUNE_FRACTION = key(
            "committee.prune-fraction",
            ValueTypes.number("of 0 or more and below 1", f -> f >= 0 && f < 1),
            "Share of the worst students dropped before a committee is made.",
            selection(SelectionOptions::pruneFraction));
    static final ConfigKey<Integer> INITIAL_MEMBERS = key(
            "committee.initial-members",
            ValueTypes.integer(1),
            "The best students a greedy selection starts with.",
            selection(SelectionOptions::initialMembers));
    static final ConfigKey<Integer> MAX_MEMBERS = key(
            "committee.max-members",
            ValueTypes.integer(1),
            "Members of a committee at most.",
            selection(SelectionOptions::maxMembers));

    /** Every key, in the order of the documentation. */
    static final List<ConfigKey<?>> ALL = List.of(
            BACKEND,
            THREADS,
            SEED,
            VALIDATION_FRACTION,
            FOLDS,
            CROSS_FITTED_BELOW,
            REPRESENTATIONS,
            ENCODERS,
            HIDDEN,
            SUITED_HEADS,
            OPERATORS,
            OPERATOR_WIDTH,
            OPERATOR_RANK,
            MAX_STUDENTS,
            EPOCHS,
            BATCH_SIZE,
            LEARNING_RATE,
            WEIGHT_DECAY,
            DROPOUT,
            PATIENCE,
            TEMPERATURE,
            TARGET_DEVIATION,
            MODALITY_DROPOUT,
            MODULATION,
            MODULATION_ALPHA,
            MODULATION_CAP,
            MODULATION_SCOPE,
            SCHEME,
            RHOS,
            CLUSTERS,
            RHO_JUDGE,
            CONTINUED,
            RULE,
            PRUNE_FRACTION,
            INITIAL_MEMBERS,
            MAX_MEMBERS);

    private ConfigKeys() {}

    private static <T> ConfigKey<T> key(
            String path, ValueType<T> type, String meaning, Function<FusionConfig, T> current) {
        return new ConfigKey<>(ROOT + path, type, meaning, current);
    }

    private static <T> Function<FusionConfig, T> cohort(Function<CohortOptions, T> value) {
        return config -> value.apply(config.options().cohort());
    }

    private static <T> Function<FusionConfig, T> training(Function<TrainingOptions, T> value) {
        return config -> value.apply(config.options().training());
    }

    private static <T> Function<FusionConfig, T> modulation(Function<ModulationOptions, T> value) {
        return config -> value.apply(config.options().modulation());
    }

    private static <T> Function<FusionConfig, T> mutual(Function<MutualOptions, T> value) {
        return config -> value.apply(config.options().mutual());
    }

    private static <T> Function<FusionConfig, T> selection(Function<SelectionOptions, T> value) {
        return config -> value.apply(config.options().selection());
    }

    static Optional<ConfigKey<?>> named(String path) {
        return ALL.stream().filter(key -> key.path().equals(path)).findFirst();
    }
}
