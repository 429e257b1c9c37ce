package org.metafusion.ensemble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.Test;
import org.metafusion.core.FusionException;
import org.metafusion.core.tensor.BackendConfig;
import org.metafusion.core.tensor.BackendProvider;
import org.metafusion.core.tensor.TensorBackend;
import org.metafusion.cpu.CpuBackendProvider;

final class BackendsTest {

    private static final BackendConfig ONE_THREAD = new BackendConfig(1);

    private static Backends of(BackendProvider... providers) {
        return new Backends(List.of(providers));
    }

    @Test
    void findsTheCpuOnTheClassPath() {
        try (TensorBackend backend = Backends.installed().open("cpu", ONE_THREAD)) {
            assertThat(backend.info().name()).isEqualTo("cpu");
        }
    }

    @Test
    void aNamedBackendThatIsNotInstalledSaysWhichJar() {
        assertThatThrownBy(() -> of(new CpuBackendProvider()).open("cuda", ONE_THREAD))
                .isInstanceOf(FusionException.class)
                .hasMessage("Backend 'cuda' is not installed; add the jar fusion-cuda to the class path, or set"
                        + " fusion.backend to auto or cpu");
    }

    @Test
    void anUnknownBackendListsTheChoices() {
        assertThatThrownBy(() -> of(new CpuBackendProvider()).open("tpu", ONE_THREAD))
                .isInstanceOf(FusionException.class)
                .hasMessage("Unknown backend 'tpu'; set fusion.backend to auto or cpu");
    }

    @Test
    void aNamedBackendIsNeverReplaced() {
        Backends backends = of(new CpuBackendProvider(), FakeProvider.unusable("cuda", 9, "no driver; install one"));
        assertThatThrownBy(() -> backends.open("cuda", ONE_THREAD))
                .isInstanceOf(FusionException.class)
                .hasMessage("Backend 'cuda' cannot be used: no driver; install one");
    }

    @Test
    void autoTakesTheHighestPriority() {
        List<String> log = logOf(() -> {
            try (TensorBackend backend = of(new CpuBackendProvider(), FakeProvider.unusable("low", -1, "never asked"))
                    .open("auto", ONE_THREAD)) {
                assertThat(backend.info().name()).isEqualTo("cpu");
            }
        });
        assertThat(log).isEmpty();
    }

    @Test
    void autoLogsInOneLineWhatItSkippedAndWhy() {
        Backends backends = of(
                new CpuBackendProvider(),
                FakeProvider.unusable("cuda", 9, "no driver; install one"),
                FakeProvider.failing("other", 5));
        List<String> log = logOf(() -> backends.open(Backends.AUTO, ONE_THREAD).close());
        assertThat(log)
                .containsExactly("Backend cpu chosen; skipped [cuda (no driver; install one), other (device 'other' is"
                        + " busy)]");
    }

    private static List<String> logOf(Runnable action) {
        List<String> lines = new ArrayList<>();
        SimpleFormatter formatter = new SimpleFormatter();
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord event) {
                lines.add(formatter.formatMessage(event));
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        Logger logger = Logger.getLogger(Backends.class.getName());
        logger.setUseParentHandlers(false);
        logger.addHandler(handler);
        try {
            action.run();
        } finally {
            logger.removeHandler(handler);
            logger.setUseParentHandlers(true);
        }
        return lines;
    }

    @Test
    void withNothingUsableAutoSaysWhatEachLacks() {
        assertThatThrownBy(() -> of(FakeProvider.unusable("cuda", 9, "no driver; install one"))
                        .open("auto", ONE_THREAD))
                .isInstanceOf(FusionException.class)
                .hasMessage("No usable backend: cuda (no driver; install one)");
        assertThatThrownBy(() -> of().open("auto", ONE_THREAD))
                .isInstanceOf(FusionException.class)
                .hasMessage("No usable backend: cpu is not installed; add the jar fusion-cpu to the class path");
    }

    @Test
    void statusListsInstalledOnesFirstAndOfficialOnesThatAreNot() {
        List<Backends.Status> status =
                of(new CpuBackendProvider(), FakeProvider.usable("fast", 3)).status();
        assertThat(status).extracting(Backends.Status::name).containsExactly("fast", "cpu", "cuda");
        assertThat(status).extracting(s -> s.availability().usable()).containsExactly(true, true, false);
        assertThat(status.get(2).availability().reason())
                .isEqualTo("not installed; add the jar fusion-cuda to the class path");
    }
}
