package org.metafusion.ensemble.meter;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.TimeUnit;
import org.metafusion.core.modality.Task;
import org.metafusion.core.port.TrainingListener;
import org.metafusion.ensemble.model.PredictionListener;

/**
 * The meters of a registry:
 *
 * <ul>
 *   <li>timer {@value #FIT}, tags {@code backend} and {@code task} ({@code classification} or {@code regression}): fits
 *       that succeeded;
 *   <li>timer {@value #PHASE}, tag {@code kind} ({@code alone}, {@code mutual} or {@code cooperative}): phases of
 *       training;
 *   <li>timer {@value #PREDICT}: calls of predict that were answered, of one row or many;
 *   <li>counter {@value #PREDICTIONS}, tag {@code mask} (names of the modalities that were there, joined by {@code +}):
 *       predicted rows.
 * </ul>
 */
public final class FusionMeters {

    public static final String FIT = "fusion.fit";
    public static final String PHASE = "fusion.phase";
    public static final String PREDICT = "fusion.predict";
    public static final String PREDICTIONS = "fusion.predictions";

    private final MeterRegistry registry;

    public FusionMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    /** A fit took so long. */
    public void fitted(String backend, Task task, long nanoseconds) {
        String kind = task instanceof Task.Classification ? "classification" : "regression";
        registry.timer(FIT, "backend", backend, "task", kind).record(nanoseconds, TimeUnit.NANOSECONDS);
    }

    /** Times the phases that {@code listener} hears of. */
    public TrainingListener phases(TrainingListener listener) {
        return new PhaseTimer(registry, listener);
    }

    /** Counts and times the predictions of models. */
    public PredictionListener predictions() {
        return new PredictionMeter(registry);
    }
}
