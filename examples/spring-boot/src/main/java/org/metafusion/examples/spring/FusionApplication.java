package org.metafusion.examples.spring;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.metafusion.data.simulation.MetaFusionSimulation;
import org.metafusion.ensemble.MetaFusion;
import org.metafusion.ensemble.config.FusionConfig;
import org.metafusion.ensemble.live.LiveModel;
import org.metafusion.ensemble.model.FusionModel;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;

/** A web application with a model in service. */
@SpringBootApplication
public class FusionApplication {

    private static final Set<String> SYSTEM = Set.of(
            StandardEnvironment.SYSTEM_PROPERTIES_PROPERTY_SOURCE_NAME,
            StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME);

    public static void main(String[] arguments) {
        SpringApplication.run(FusionApplication.class, arguments);
    }

    /** MetaFusion with the application's own properties below {@code fusion.} and its registry. */
    @Bean(destroyMethod = "close")
    MetaFusion fusion(ConfigurableEnvironment environment, MeterRegistry registry) {
        return MetaFusion.configure()
                .config(FusionConfig.load().with(settings(environment)))
                .meterRegistry(registry)
                .build();
    }

    /**
     * What the application's own properties (files, the command line) name below {@code fusion.}, each with the value that
     * Spring gives it. What else the system says, {@link FusionConfig#load()} reads: it knows which of its properties and
     * variables are no settings, such as {@code FUSION_ADMIN_TOKEN}.
     */
    static Map<String, String> settings(ConfigurableEnvironment environment) {
        Map<String, String> settings = new TreeMap<>();
        for (PropertySource<?> source : environment.getPropertySources()) {
            if (source instanceof EnumerablePropertySource<?> own && !SYSTEM.contains(source.getName())) {
                for (String name : own.getPropertyNames()) {
                    if (name.startsWith("fusion.")) {
                        settings.put(name, environment.getProperty(name));
                    }
                }
            }
        }
        return settings;
    }

    /** Where models come from. Fitted, for the example; an application would load a file: {@code fusion.load(store, path)}. */
    @Bean
    Supplier<FusionModel> models(MetaFusion fusion) {
        return () -> fusion.fit(MetaFusionSimulation.named("demo").generate(3).train())
                .model();
    }

    @Bean(destroyMethod = "close")
    LiveModel model(Supplier<FusionModel> models) {
        return new LiveModel(models.get());
    }
}
