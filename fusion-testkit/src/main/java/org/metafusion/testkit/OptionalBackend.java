package org.metafusion.testkit;

import org.junit.jupiter.api.Assumptions;
import org.metafusion.core.tensor.Availability;
import org.metafusion.core.tensor.BackendConfig;
import org.metafusion.core.tensor.BackendProvider;
import org.metafusion.core.tensor.TensorBackend;
import org.opentest4j.AssertionFailedError;

/**
 * A backend that not every machine can run. Its tests are skipped where it cannot be used, and fail instead where the
 * system property {@value #REQUIRE} names it, so that a run which is to test it cannot pass without having done so.
 */
public final class OptionalBackend {

    /** Names a backend without which tests fail: {@code -Dfusion.require=cuda}. */
    public static final String REQUIRE = "fusion.require";

    private OptionalBackend() {}

    /** Opens the backend, or ends the test with the reason why it cannot be used. */
    public static TensorBackend open(BackendProvider provider, int threads) {
        require(provider);
        return provider.open(new BackendConfig(threads));
    }

    /** Ends the test with the reason if the backend cannot be used. */
    public static void require(BackendProvider provider) {
        Availability found = provider.probe();
        if (found.usable()) {
            return;
        }
        String name = provider.name();
        if (name.equals(System.getProperty(REQUIRE))) {
            throw new AssertionFailedError(
                    "-D" + REQUIRE + "=" + name + " but backend '" + name + "' cannot be used: " + found.reason());
        }
        Assumptions.abort("backend '" + name + "' cannot be used: " + found.reason() + " (-D" + REQUIRE + "=" + name
                + " makes this a failure)");
    }
}
