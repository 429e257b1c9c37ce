package org.metafusion.ensemble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.inject.AbstractModule;
import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.ProvisionException;
import com.google.inject.multibindings.MapBinder;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.metafusion.core.FusionException;
import org.metafusion.core.modality.MultimodalDataset;
import org.metafusion.core.tensor.BackendProvider;
import org.metafusion.ensemble.config.FusionConfig;
import org.metafusion.ensemble.fit.FitOptions;
import org.metafusion.ensemble.meter.FusionMeters;
import org.metafusion.ensemble.model.FusionModel;

final class MetaFusionModuleTest {

    private static final FusionConfig TINY = new FusionConfig("auto", 1, TinyData.options());

    /** Binds a provider of the user's. */
    private static final class UserBackend extends AbstractModule {
        private final String key;
        private final BackendProvider provider;

        UserBackend(String key, BackendProvider provider) {
            this.key = key;
            this.provider = provider;
        }

        @Override
        protected void configure() {
            MapBinder.newMapBinder(binder(), String.class, BackendProvider.class)
                    .addBinding(key)
                    .toInstance(provider);
        }
    }

    @Test
    void theInjectorGivesAWorkingMetaFusion() {
        Injector injector = Guice.createInjector(new MetaFusionModule(TINY));
        MultimodalDataset rows = TinyData.of(TinyData.CLASSES, 60, false);
        try (MetaFusion fusion = injector.getInstance(MetaFusion.class);
                FusionModel model = fusion.fit(rows).model()) {
            assertThat(model.predict(rows.samples())).hasSize(60);
            assertThat(fusion.backend().info().name()).isEqualTo("cpu");
        }
        assertThat(injector.getInstance(FitOptions.class)).isSameAs(TINY.options());
        assertThat(injector.getInstance(FusionConfig.class)).isSameAs(TINY);
        assertThat(injector.getInstance(Backends.class)).isSameAs(injector.getInstance(Backends.class));
    }

    @Test
    void eachMetaFusionBelongsToWhoAskedForIt() {
        Injector injector = Guice.createInjector(new MetaFusionModule(TINY));
        try (MetaFusion one = injector.getInstance(MetaFusion.class);
                MetaFusion another = injector.getInstance(MetaFusion.class)) {
            assertThat(one).isNotSameAs(another);
        }
    }

    @Test
    void aProviderOfTheUserIsOneMoreBackend() {
        Injector injector = Guice.createInjector(
                new MetaFusionModule(TINY), new UserBackend("fast", FakeProvider.usable("fast", 9)));
        assertThat(injector.getInstance(Backends.class).status())
                .extracting(Backends.Status::name)
                .containsExactly("fast", "cpu", "cuda");
    }

    @Test
    void aProviderUnderAnotherNameIsRefused() {
        Injector injector = Guice.createInjector(
                new MetaFusionModule(TINY), new UserBackend("quick", FakeProvider.usable("fast", 9)));
        assertThatThrownBy(() -> injector.getInstance(MetaFusion.class))
                .isInstanceOf(ProvisionException.class)
                .cause()
                .isInstanceOf(FusionException.class)
                .hasMessage("Backend 'fast' is bound under the name 'quick'; bind it under its own");
    }

    @Test
    void aSystemPropertySwapsTheBackend() {
        System.setProperty("fusion.backend", "busy");
        try {
            Injector injector = Guice.createInjector(
                    new MetaFusionModule(), new UserBackend("busy", FakeProvider.failing("busy", -1)));
            assertThatThrownBy(() -> injector.getInstance(MetaFusion.class))
                    .isInstanceOf(ProvisionException.class)
                    .cause()
                    .hasMessage("device 'busy' is busy");
            System.setProperty("fusion.backend", "cpu");
            try (MetaFusion fusion =
                    Guice.createInjector(new MetaFusionModule()).getInstance(MetaFusion.class)) {
                assertThat(fusion.backend().info().name()).isEqualTo("cpu");
            }
        } finally {
            System.clearProperty("fusion.backend");
        }
    }

    @Test
    void aRegistryOfTheApplicationIsUsed() {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        Injector injector = Guice.createInjector(new MetaFusionModule(TINY), new AbstractModule() {
            @Override
            protected void configure() {
                bind(MeterRegistry.class).toInstance(registry);
            }
        });
        try (MetaFusion fusion = injector.getInstance(MetaFusion.class)) {
            fusion.fit(TinyData.of(TinyData.VALUE, 40, false)).model().close();
        }
        assertThat(registry.get(FusionMeters.FIT)
                        .tags("backend", "cpu", "task", "regression")
                        .timer()
                        .count())
                .isEqualTo(1);
    }
}
