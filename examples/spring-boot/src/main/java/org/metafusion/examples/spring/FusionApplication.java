package org.metafusion.examples.spring;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.HashMap;
import java.util.Map;
import org.metafusion.data.simulation.MetaFusionSimulation;
import org.metafusion.ensemble.MetaFusion;
import org.metafusion.ensemble.config.FusionConfig;
import org.metafusion.ensemble.live.LiveModel;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/** A web application with a model in service. */
@SpringBootApplication
public class FusionApplication {

    public static void main(String[] arguments) {
        SpringApplication.run(FusionApplication.class, arguments);
    }

    /** MetaFusion with the application's own properties below {@code fusion.} and its registry. */
    @Bean(destroyMethod = "close")
    MetaFusion fusion(Environment environment, MeterRegistry registry) {
        Map<String, String> settings = new HashMap<>(Binder.get(environment)
                .bind("fusion", Bindable.mapOf(String.class, String.class))
                .orElse(Map.of()));
        return MetaFusion.configure()
                .config(FusionConfig.load().with(settings))
                .meterRegistry(registry)
                .build();
    }

    /** Fitted at the start, for the example; an application would load a file: {@code fusion.load(store, path)}. */
    @Bean(destroyMethod = "close")
    LiveModel model(MetaFusion fusion) {
        return new LiveModel(
                fusion.fit(MetaFusionSimulation.named("demo").generate(3).train())
                        .model());
    }
}
