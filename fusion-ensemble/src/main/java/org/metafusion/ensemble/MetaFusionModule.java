package org.metafusion.ensemble;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import com.google.inject.multibindings.MapBinder;
import com.google.inject.multibindings.Multibinder;
import com.google.inject.multibindings.OptionalBinder;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import org.metafusion.core.FusionException;
import org.metafusion.core.representation.FeatureExtractor;
import org.metafusion.core.tensor.BackendProvider;
import org.metafusion.ensemble.config.FusionConfig;
import org.metafusion.ensemble.fit.FitOptions;

/**
 * Binds {@link MetaFusion}, {@link Backends}, {@link FusionConfig} and {@link FitOptions}.
 *
 * <pre>{@code
 * Injector injector = Guice.createInjector(new MetaFusionModule());      // or with a FusionConfig
 * try (MetaFusion fusion = injector.getInstance(MetaFusion.class)) { ... }
 * }</pre>
 *
 * <p>A jar with a {@link BackendProvider} service adds a backend; so does an entry of
 * {@code MapBinder<String, BackendProvider>} under the provider's name. Entries of {@code Multibinder<FeatureExtractor>} are
 * further extractors. An application that binds {@link MeterRegistry} gets
 * the meters of {@link org.metafusion.ensemble.meter.FusionMeters}; without one nothing is measured.
 *
 * <p>{@link MetaFusion} is in no scope: it is used by one thread at a time and must be closed, so each that is injected
 * belongs to who asked for it. Ask for a {@code Provider<MetaFusion>} to fit now and then, and share the models, which are
 * thread-safe.
 */
public final class MetaFusionModule extends AbstractModule {

    private final FusionConfig config;

    /**
     * Configured by system properties and the environment.
     *
     * @throws FusionException if they hold an unknown key or a value that is not accepted
     */
    public MetaFusionModule() {
        this(FusionConfig.load());
    }

    public MetaFusionModule(FusionConfig config) {
        this.config = config;
    }

    @Override
    protected void configure() {
        bind(FusionConfig.class).toInstance(config);
        bind(FitOptions.class).toInstance(config.options());
        OptionalBinder.newOptionalBinder(binder(), MeterRegistry.class);
        Multibinder.newSetBinder(binder(), FeatureExtractor.class);
        MapBinder<String, BackendProvider> backends =
                MapBinder.newMapBinder(binder(), String.class, BackendProvider.class);
        for (BackendProvider provider : ServiceLoader.load(BackendProvider.class)) {
            backends.addBinding(provider.name()).toInstance(provider);
        }
    }

    @Provides
    @Singleton
    Backends backends(Map<String, BackendProvider> providers) {
        providers.forEach((name, provider) -> {
            if (!name.equals(provider.name())) {
                throw new FusionException("Backend '" + provider.name() + "' is bound under the name '" + name
                        + "'; bind it under its own");
            }
        });
        return new Backends(providers.values());
    }

    @Provides
    MetaFusion metaFusion(Backends backends, Optional<MeterRegistry> registry, Set<FeatureExtractor> extractors) {
        MetaFusion.Builder builder = MetaFusion.configure().config(config).backends(backends);
        registry.ifPresent(builder::meterRegistry);
        extractors.forEach(builder::extractor);
        return builder.build();
    }
}
