package org.metafusion.examples.guice;

import com.google.inject.AbstractModule;
import com.google.inject.Guice;
import com.google.inject.Injector;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.Map;
import java.util.Optional;
import org.metafusion.core.modality.Samples;
import org.metafusion.core.modality.SplitDataset;
import org.metafusion.data.simulation.MetaFusionSimulation;
import org.metafusion.ensemble.MetaFusion;
import org.metafusion.ensemble.MetaFusionModule;
import org.metafusion.ensemble.config.FusionConfig;
import org.metafusion.ensemble.model.FusionModel;

/** An application wired by Guice: its configuration chooses the backend, its registry gets the meters. */
public final class GuiceExample {

    /** What the application binds of its own. */
    static final class Application extends AbstractModule {

        private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

        /** CPU or GPU: this line, or what outranks it: a file, FUSION_BACKEND in the environment, -Dfusion.backend. */
        static FusionConfig config() {
            return FusionConfig.defaults()
                    .with(Map.of("backend", "auto", "training.epochs", "20"))
                    .withSources(Optional.empty()); // Optional.of(path) where the application has a file.
        }

        @Override
        protected void configure() {
            install(new MetaFusionModule(config()));
            bind(MeterRegistry.class).toInstance(registry);
            bind(PrometheusMeterRegistry.class).toInstance(registry);
        }
    }

    private GuiceExample() {}

    public static void main(String[] arguments) {
        System.out.println(run());
    }

    /** Fits, predicts the test rows, and returns what a Prometheus server would read. */
    static String run() {
        Injector injector = Guice.createInjector(new Application());
        SplitDataset data = MetaFusionSimulation.named("demo").generate(3);
        try (MetaFusion fusion = injector.getInstance(MetaFusion.class);
                FusionModel model = fusion.fit(data.train()).model()) {
            Samples test = data.test().samples();
            model.predict(test);
        }
        return injector.getInstance(PrometheusMeterRegistry.class).scrape();
    }
}
