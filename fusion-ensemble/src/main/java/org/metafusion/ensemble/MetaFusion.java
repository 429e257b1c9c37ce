package org.metafusion.ensemble;

import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.metafusion.core.fusion.FusionOperators;
import org.metafusion.core.modality.MultimodalDataset;
import org.metafusion.core.modality.Samples;
import org.metafusion.core.modality.SplitDataset;
import org.metafusion.core.port.ModelStore;
import org.metafusion.core.port.StoredModel;
import org.metafusion.core.port.TrainingListener;
import org.metafusion.core.representation.FeatureExtractor;
import org.metafusion.core.tensor.BackendConfig;
import org.metafusion.core.tensor.TensorBackend;
import org.metafusion.ensemble.committee.Committee;
import org.metafusion.ensemble.committee.PartialOutputs;
import org.metafusion.ensemble.committee.ValidationOutputs;
import org.metafusion.ensemble.competition.CompetitionAnalysis;
import org.metafusion.ensemble.competition.CompetitionReport;
import org.metafusion.ensemble.config.FusionConfig;
import org.metafusion.ensemble.fit.CohortFitter;
import org.metafusion.ensemble.fit.Extractors;
import org.metafusion.ensemble.fit.FitOptions;
import org.metafusion.ensemble.fit.FittedCohort;
import org.metafusion.ensemble.meter.FusionMeters;
import org.metafusion.ensemble.model.CommitteeBook;
import org.metafusion.ensemble.model.FusionModel;
import org.metafusion.ensemble.model.ModelArchive;
import org.metafusion.ensemble.model.ModelContent;
import org.metafusion.ensemble.model.PredictionListener;
import org.metafusion.ensemble.signs.FailureSigns;
import org.metafusion.ensemble.signs.Sign;
import org.metafusion.ensemble.strategy.Comparison;
import org.metafusion.ensemble.strategy.Reach;
import org.metafusion.ensemble.strategy.StrategyOutcome;

/**
 * Finds out what, when and how to fuse: fits a cohort of students over all pairings of the modalities' representations,
 * lets the best teach the others, and keeps a committee (Meta Fusion, arXiv 2507.20089).
 *
 * <pre>{@code
 * try (MetaFusion fusion = MetaFusion.configure().backend("cpu").seed(7).build();
 *         FusionModel model = fusion.fit(train).model()) {
 *     Prediction prediction = model.predict(Sample.of("image", image).and("text", text));
 * }
 * }</pre>
 *
 * Used by one thread at a time; the models it gives are thread-safe.
 */
public final class MetaFusion implements AutoCloseable {

    private final Backends backends;
    private final FusionConfig config;
    private final TrainingListener listener;
    private final Optional<FusionMeters> meters;
    private final TensorBackend backend;
    private final Extractors extractors;

    private MetaFusion(Builder builder) {
        this.backends = builder.backends;
        this.config = builder.config;
        this.meters = builder.meters;
        this.extractors = Extractors.of(config.options().cohort()).with(builder.extractors);
        this.listener = meters.map(m -> m.phases(builder.listener)).orElse(builder.listener);
        this.backend = open();
    }

    private TensorBackend open() {
        return backends.open(config.backend(), new BackendConfig(config.threads()));
    }

    /** Defaults to be changed: backend {@code auto}, one thread a processor, {@link FitOptions#defaults()}. */
    public static Builder configure() {
        return new Builder();
    }

    /** The backend it computes on. */
    public TensorBackend backend() {
        return backend;
    }

    /**
     * Fits a model; validation rows are carved out of {@code train}.
     *
     * @throws org.metafusion.core.FusionException if the rows do not allow it, saying what is missing
     */
    public FitResult fit(MultimodalDataset train) {
        return fit(train, fitted -> Comparison.onValidation(fitted, backend));
    }

    /**
     * Fits a model on the train rows as {@link #fit(MultimodalDataset)} does, and measures it and what it is to be
     * compared with on the test rows, which decide nothing.
     */
    public FitResult fit(SplitDataset data) {
        Comparison comparison = new Comparison(backend, config.options(), listener, extractors);
        return fit(data.train(), fitted -> comparison.brief(fitted, data.test()));
    }

    private FitResult fit(MultimodalDataset train, Function<FittedCohort, List<StrategyOutcome>> others) {
        long start = System.nanoTime();
        FitResult result = fitCohort(train, others, start);
        meters.ifPresent(m -> m.fitted(backend.info().name(), train.task(), System.nanoTime() - start));
        return result;
    }

    private FitResult fitCohort(
            MultimodalDataset train, Function<FittedCohort, List<StrategyOutcome>> others, long start) {
        FitOptions options = config.options();
        CohortFitter fitter = new CohortFitter(backend, options, listener, extractors);
        try (FittedCohort fitted = fitter.fit(train)) {
            ValidationOutputs validation = fitted.validation(fitted.mutual());
            PartialOutputs partial = fitted.partial(fitted.mutual());
            Samples rows = fitted.split().validation().samples();
            CommitteeBook book = CommitteeBook.select(
                    options.rule().selection(options.selection()),
                    partial,
                    rows,
                    fitted.cohort().students());
            Committee committee = book.full(fitted.cohort().modalities().size());
            ValidationOutputs judged = CommitteeBook.judged(partial, rows);
            List<Sign> signs = FailureSigns.DEFAULT.of(fitted.cohort(), validation, judged, fitted.top(), committee);
            ModelContent content = ModelContent.of(
                    fitted, fitted.mutual(), book, Provenance.of(fitted, train.name(), config, backend.info()));
            List<StrategyOutcome> baselines = others.apply(fitted);
            return new FitResult(
                    load(content),
                    train.task(),
                    rows(fitted, committee),
                    fitted.top(),
                    fitted.rhoTrials(),
                    fitted.rho(),
                    committee,
                    Reach.ofCommittee(fitted),
                    baselines,
                    signs,
                    Optional.empty(),
                    FitHistory.of(fitted, validation, judged, committee),
                    (System.nanoTime() - start) / 1e9);
        }
    }

    private static List<FitResult.StudentRow> rows(FittedCohort fitted, Committee committee) {
        List<FitResult.StudentRow> rows = new ArrayList<>();
        double[] alone = FittedCohort.losses(fitted.alone());
        double[] mutual = FittedCohort.losses(fitted.mutual());
        for (int s = 0; s < fitted.cohort().size(); s++) {
            double weight = 0;
            for (int i = 0; i < committee.members().length; i++) {
                weight += committee.members()[i] == s ? committee.weights()[i] : 0;
            }
            int student = s;
            boolean top = java.util.Arrays.stream(fitted.top().students()).anyMatch(t -> t == student);
            rows.add(new FitResult.StudentRow(
                    s,
                    fitted.cohort().students().get(s),
                    fitted.top().clusterOf()[s],
                    top,
                    alone[s],
                    mutual[s],
                    weight));
        }
        rows.sort(Comparator.comparingDouble(FitResult.StudentRow::lossMutual));
        return rows;
    }

    /**
     * How modalities compete within students that join them, and what modulation changes, measured on students trained for
     * this alone; see {@link CompetitionAnalysis}.
     *
     * @throws org.metafusion.core.FusionException if there are fewer than two modalities, or more than six
     */
    public CompetitionReport competition(MultimodalDataset train) {
        return new CompetitionAnalysis(backend, config.options(), listener).of(train);
    }

    /** A model of the given content, on a backend of its own, which is closed with the model. */
    public FusionModel load(ModelContent content) {
        return FusionModel.owning(
                content, open(), meters.map(FusionMeters::predictions).orElse(PredictionListener.SILENT));
    }

    /**
     * A stored model, on a backend of its own, which is closed with the model.
     *
     * @throws org.metafusion.core.FusionException if what is stored does not fit together
     */
    public FusionModel load(StoredModel stored) {
        return load(new ModelArchive(FusionOperators.standard(), extractors).restore(stored));
    }

    /** The model in {@code file}; see {@link #load(StoredModel)}. */
    public FusionModel load(ModelStore store, Path file) {
        return load(store.load(file));
    }

    /** Writes a model to {@code file}. */
    public static void save(FusionModel model, ModelStore store, Path file) {
        store.save(model.toStored(), file);
    }

    /** Every strategy on {@code data}; see {@link Comparison}. */
    public List<StrategyOutcome> compare(SplitDataset data) {
        return new Comparison(backend, config.options(), listener, extractors).run(data);
    }

    /** Closes the backend; models stay open. */
    @Override
    public void close() {
        backend.close();
    }

    /** Settings of a {@link MetaFusion}. */
    public static final class Builder {

        private Backends backends = Backends.installed();
        private FusionConfig config = FusionConfig.defaults();
        private TrainingListener listener = TrainingListener.SILENT;
        private Optional<FusionMeters> meters = Optional.empty();
        private final List<FeatureExtractor> extractors = new ArrayList<>();

        private Builder() {}

        /** Backend, threads and options at once, in place of what was set before. */
        public Builder config(FusionConfig fusionConfig) {
            config = fusionConfig;
            return this;
        }

        /** {@code auto}, {@code cpu} or {@code cuda}. */
        public Builder backend(String name) {
            config = new FusionConfig(name, config.threads(), config.options());
            return this;
        }

        /** Where to look for backends; by default on the class path. */
        public Builder backends(Backends known) {
            backends = known;
            return this;
        }

        /** Threads of a CPU backend; 0 for one a processor. */
        public Builder threads(int count) {
            config = new FusionConfig(config.backend(), count, config.options());
            return this;
        }

        public Builder options(FitOptions fitOptions) {
            config = new FusionConfig(config.backend(), config.threads(), fitOptions);
            return this;
        }

        /** The seed of splits, initial weights, batches and dropout. */
        public Builder seed(long seed) {
            return options(config.options().withSeed(seed));
        }

        public Builder listener(TrainingListener trainingListener) {
            listener = trainingListener;
            return this;
        }

        /** Where fits, phases and predictions are timed and counted; see {@link FusionMeters}. By default nowhere. */
        public Builder meterRegistry(MeterRegistry registry) {
            meters = Optional.of(new FusionMeters(registry));
            return this;
        }

        /**
         * One more extractor, such as a pretrained encoder; representations use it by its name. A model that does is stored
         * with its state and loaded only where it is registered again.
         */
        public Builder extractor(FeatureExtractor extractor) {
            extractors.add(extractor);
            return this;
        }

        /** @throws org.metafusion.core.FusionException if the backend cannot be used, or an extractor not be named so */
        public MetaFusion build() {
            return new MetaFusion(this);
        }
    }
}
