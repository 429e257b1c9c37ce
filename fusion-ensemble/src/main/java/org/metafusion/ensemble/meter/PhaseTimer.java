package org.metafusion.ensemble.meter;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import org.metafusion.core.port.TrainingListener;

/** Times the phases of a training and passes on what it hears. Phases run one after the other. */
final class PhaseTimer implements TrainingListener {

    private final MeterRegistry registry;
    private final TrainingListener listener;
    private Timer.Sample sample;

    PhaseTimer(MeterRegistry registry, TrainingListener listener) {
        this.registry = registry;
        this.listener = listener;
        this.sample = Timer.start(registry);
    }

    @Override
    public void phaseStarted(String phase, int students, int epochs) {
        sample = Timer.start(registry);
        listener.phaseStarted(phase, students, epochs);
    }

    @Override
    public void epochEnded(String phase, int epoch, int active, double bestLoss) {
        listener.epochEnded(phase, epoch, active, bestLoss);
    }

    @Override
    public void phaseEnded(String phase) {
        sample.stop(registry.timer(FusionMeters.PHASE, "kind", kind(phase)));
        listener.phaseEnded(phase);
    }

    /** {@code mutual} of {@code mutual, rho 0.5}: a tag has few values. */
    private static String kind(String phase) {
        int end = 0;
        while (end < phase.length() && Character.isLetter(phase.charAt(end))) {
            end++;
        }
        return phase.substring(0, end);
    }

    @Override
    public void message(String text) {
        listener.message(text);
    }
}
