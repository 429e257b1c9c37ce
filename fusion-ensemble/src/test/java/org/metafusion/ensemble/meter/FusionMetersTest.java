package org.metafusion.ensemble.meter;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.metafusion.core.modality.MultimodalDataset;
import org.metafusion.core.modality.Sample;
import org.metafusion.core.modality.SplitDataset;
import org.metafusion.core.port.TrainingListener;
import org.metafusion.ensemble.FitResult;
import org.metafusion.ensemble.MetaFusion;
import org.metafusion.ensemble.TinyData;
import org.metafusion.ensemble.model.FusionModel;

final class FusionMetersTest {

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    /** Keeps what it hears. */
    private static final class Heard implements TrainingListener {
        private final List<String> events = new ArrayList<>();

        @Override
        public void phaseStarted(String phase, int students, int epochs) {
            events.add("start " + phase);
        }

        @Override
        public void epochEnded(String phase, int epoch, int active, double bestLoss) {
            events.add("epoch");
        }

        @Override
        public void phaseEnded(String phase) {
            events.add("end " + phase);
        }

        @Override
        public void message(String text) {
            events.add("message");
        }
    }

    @Test
    void timesFitsAndPhasesAndPassesOnWhatItHears() {
        Heard heard = new Heard();
        MultimodalDataset rows = TinyData.of(TinyData.CLASSES, 60, false);
        try (MetaFusion fusion =
                TinyData.tiny().listener(heard).meterRegistry(registry).build()) {
            FitResult result = fusion.fit(rows);
            result.model().close();
            assertThat(registry.get("fusion.fit")
                            .tags("backend", "cpu", "task", "classification")
                            .timer()
                            .count())
                    .isEqualTo(1);
            assertThat(registry.get("fusion.fit").timer().totalTime(TimeUnit.SECONDS))
                    .isGreaterThan(registry.get("fusion.phase")
                            .tag("kind", "alone")
                            .timer()
                            .totalTime(TimeUnit.SECONDS));
            fusion.compare(new SplitDataset(rows, rows));
        }
        assertThat(registry.find("fusion.phase").timers())
                .extracting(timer -> timer.getId().getTag("kind"))
                .containsExactlyInAnyOrder("alone", "mutual", "cooperative");
        assertThat(registry.get("fusion.phase").tag("kind", "alone").timer().count())
                .isEqualTo(2);
        assertThat(heard.events)
                .startsWith("message", "start alone", "epoch")
                .contains("end alone", "message")
                .anyMatch(event -> event.startsWith("start mutual, rho "));
    }

    @Test
    void countsPredictedRowsByWhatWasThere() {
        MultimodalDataset rows = TinyData.of(TinyData.VALUE, 64, true);
        try (MetaFusion fusion = TinyData.tiny().meterRegistry(registry).build();
                FusionModel model = fusion.fit(rows).model()) {
            model.predict(rows.samples());
            model.predict(Sample.of("text", new float[6]));
        }
        assertThat(registry.get("fusion.predictions")
                        .tag("mask", "image+text")
                        .counter()
                        .count())
                .isEqualTo(48);
        assertThat(registry.get("fusion.predictions")
                        .tag("mask", "image")
                        .counter()
                        .count())
                .isEqualTo(8);
        assertThat(registry.get("fusion.predictions")
                        .tag("mask", "text")
                        .counter()
                        .count())
                .isEqualTo(9);
        assertThat(registry.get("fusion.predict").timer().count()).isEqualTo(2);
    }

    @Test
    void withoutARegistryThereAreNoMeters() {
        try (MetaFusion fusion = TinyData.tiny().build()) {
            fusion.fit(TinyData.of(TinyData.VALUE, 40, false)).model().close();
        }
        assertThat(registry.getMeters()).extracting(Meter::getId).isEmpty();
    }
}
