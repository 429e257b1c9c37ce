package org.metafusion.ensemble.meter;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.metafusion.ensemble.model.PredictionListener;

/** Counts predicted rows by the modalities that were there and times the calls; looks each meter up once. */
final class PredictionMeter implements PredictionListener {

    private final MeterRegistry registry;
    private final Timer timer;
    private final Map<List<String>, Counter> counters = new ConcurrentHashMap<>();

    PredictionMeter(MeterRegistry registry) {
        this.registry = registry;
        this.timer = registry.timer(FusionMeters.PREDICT);
    }

    @Override
    public void predicted(List<String> modalities, int rows) {
        counters.computeIfAbsent(
                        modalities,
                        present -> registry.counter(FusionMeters.PREDICTIONS, "mask", String.join("+", present)))
                .increment(rows);
    }

    @Override
    public void answered(long nanoseconds) {
        timer.record(nanoseconds, TimeUnit.NANOSECONDS);
    }
}
