package org.metafusion.serve;

import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.function.Supplier;
import org.metafusion.core.modality.FeatureTable;
import org.metafusion.core.modality.Modality;
import org.metafusion.core.modality.Sample;
import org.metafusion.core.modality.Samples;
import org.metafusion.core.modality.Task;
import org.metafusion.core.rows.HeapRows;
import org.metafusion.ensemble.live.InputDrift;
import org.metafusion.ensemble.live.LiveAnswer;
import org.metafusion.ensemble.live.LiveModel;
import org.metafusion.ensemble.model.Explanation;
import org.metafusion.ensemble.model.FusionModel;
import org.metafusion.ensemble.model.ModelDescription;
import org.metafusion.ensemble.model.Prediction;

/**
 * The model of a server, watched: gauge {@value #GENERATION}, gauge {@value #DRIFT} (tag {@code modality}, see {@link
 * InputDrift}) and summary {@value #CONFIDENCE} of the most probable class's probability.
 */
final class ServedModel implements AutoCloseable {

    static final String GENERATION = "fusion.model.generation";
    static final String DRIFT = "fusion.input.drift";
    static final String CONFIDENCE = "fusion.confidence";

    private final LiveModel live;
    private final Supplier<FusionModel> loader;
    private final DistributionSummary confidence;
    private volatile InputDrift drift;

    /** @param loader what a reload puts in service */
    ServedModel(LiveModel live, Supplier<FusionModel> loader, MeterRegistry registry) {
        this.live = live;
        this.loader = loader;
        this.drift = live.ask(ServedModel::driftOf);
        this.confidence = DistributionSummary.builder(CONFIDENCE)
                .publishPercentiles(0.05, 0.5)
                .register(registry);
        Gauge.builder(GENERATION, live, LiveModel::generation).register(registry);
        List<Modality> modalities = live.ask(FusionModel::modalities);
        for (int m = 0; m < modalities.size(); m++) {
            int modality = m;
            Gauge.builder(DRIFT, this, served -> served.drift.of(modality))
                    .tag("modality", modalities.get(m).name())
                    .register(registry);
        }
    }

    private static InputDrift driftOf(FusionModel model) {
        return new InputDrift(model.modalities(), model.content().preparation());
    }

    int generation() {
        return live.generation();
    }

    LiveAnswer<Prediction> predict(Sample sample) {
        LiveAnswer<Prediction> said = live.answer(model -> model.predict(sample));
        note(sample, said.answer());
        return said;
    }

    /** Rows on the backend, those of the same modalities together. */
    LiveAnswer<List<Prediction>> predict(List<Query.Row> rows, Samples samples) {
        LiveAnswer<List<Prediction>> said = live.answer(model -> model.predict(samples));
        for (int i = 0; i < rows.size(); i++) {
            note(rows.get(i).sample(), said.answer().get(i));
        }
        return said;
    }

    LiveAnswer<Explanation> explain(Sample sample) {
        LiveAnswer<Explanation> said = live.answer(model -> model.explain(sample));
        note(sample, said.answer().prediction());
        return said;
    }

    private void note(Sample sample, Prediction prediction) {
        drift.seen(sample);
        if (prediction.task() instanceof Task.Classification) {
            confidence.record(prediction.value());
        }
    }

    List<Modality> modalities() {
        return live.ask(FusionModel::modalities);
    }

    LiveAnswer<ModelDescription> describe() {
        return live.answer(FusionModel::describe);
    }

    byte[] openApi(ServeOptions options) {
        return live.ask(model -> OpenApi.of(model, options));
    }

    /**
     * The samples of rows, aligned with the model.
     *
     * @throws org.metafusion.core.FusionException if the heap has no room for them
     */
    Samples samples(List<Query.Row> rows) {
        // First, since they are what there may be no room for.
        List<FeatureTable> tables =
                modalities().stream().map(m -> table(m, rows)).toList();
        List<String> ids = java.util.stream.IntStream.range(0, rows.size())
                .mapToObj(i -> rows.get(i).id().isEmpty()
                        ? Integer.toString(i)
                        : rows.get(i).id())
                .toList();
        return new Samples(ids, tables);
    }

    private static FeatureTable table(Modality modality, List<Query.Row> rows) {
        float[] values = HeapRows.room("Modality '" + modality.name() + "'", rows.size(), modality.width());
        java.util.BitSet missing = new java.util.BitSet();
        for (int row = 0; row < rows.size(); row++) {
            float[] features = rows.get(row).sample().features().get(modality.name());
            if (features == null) {
                missing.set(row);
            } else {
                System.arraycopy(features, 0, values, row * modality.width(), modality.width());
            }
        }
        return new FeatureTable(modality, rows.size(), values, missing);
    }

    /**
     * Gives the generation put in service.
     *
     * @throws org.metafusion.core.FusionException if the new model cannot be read or does not pass the check
     */
    synchronized int reload() {
        int generation = live.replace(loader.get());
        drift = live.ask(ServedModel::driftOf);
        return generation;
    }

    /**
     * Gives the generation taken back.
     *
     * @throws org.metafusion.core.FusionException if there is none before
     */
    synchronized int rollback() {
        int generation = live.rollback();
        drift = live.ask(ServedModel::driftOf);
        return generation;
    }

    @Override
    public void close() {
        live.close();
    }
}
