package org.metafusion.cuda;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;
import org.metafusion.core.tensor.Availability;
import org.metafusion.testkit.OptionalBackend;

/** Runs test classes on a card without Maven; {@code gpu-check.sh} calls this with their names. */
final class CardTests {

    private CardTests() {}

    /** Ends with 0 if all passed, 1 if not, 2 and a line on standard error if there is no card. */
    public static void main(String[] classes) {
        Availability found = new CudaBackendProvider().probe();
        if (!found.usable()) {
            System.err.println("gpu-check: " + found.reason());
            System.exit(2);
        }
        System.setProperty(OptionalBackend.REQUIRE, CudaBackend.NAME);
        System.exit(run(classes) ? 0 : 1);
    }

    /** Whether all passed and there were some; failures are printed. */
    static boolean run(String... classes) {
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(Arrays.stream(classes).map(name -> selectClass(name)).toList())
                .build();
        SummaryGeneratingListener listener = new SummaryGeneratingListener();
        LauncherFactory.create().execute(request, listener);
        TestExecutionSummary summary = listener.getSummary();
        summary.printFailuresTo(new PrintWriter(System.out, true, StandardCharsets.UTF_8), 20);
        System.out.printf(
                "%d tests passed, %d failed, %d skipped%n",
                summary.getTestsSucceededCount(),
                summary.getTotalFailureCount(),
                summary.getTestsSkippedCount() + summary.getTestsAbortedCount());
        return summary.getTotalFailureCount() == 0 && summary.getTestsSucceededCount() > 0;
    }
}
