package org.metafusion.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.metafusion.cli.Birds;
import org.metafusion.cli.FusionCommand;
import org.metafusion.cli.Shell;
import org.metafusion.cli.report.Terminal;

/** {@code fusion serve}, from its first line until it is stopped. */
class ServeCommandTest {

    private static final Pattern URL = Pattern.compile("at (http://127\\.0\\.0\\.1:\\d+)");

    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private String said() {
        return err.toString(StandardCharsets.UTF_8);
    }

    private String await(Predicate<String> wanted) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!wanted.test(said()) && System.nanoTime() < end) {
            Thread.sleep(20);
        }
        assertThat(said()).matches(wanted);
        return said();
    }

    private static HttpResponse<String> get(URI uri) throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(30)).build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void servesUntilStoppedAndPutsAChangedFileInService(@TempDir Path dir)
            throws IOException, InterruptedException, ExecutionException {
        Path model = dir.resolve("birds.fusion");
        assertThat(Shell.fit(Birds.classes(dir.resolve("birds")).path(), model).code())
                .isZero();
        byte[] good = Files.readAllBytes(model);
        ExecutorService thread = Executors.newSingleThreadExecutor();
        Future<Integer> code = thread.submit(() -> FusionCommand.run(
                new String[] {"serve", model.toString(), "--port", "0", "--watch", "--backend", "cpu"},
                Terminal.plain(
                        new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8))));

        Matcher url = URL.matcher(await(text -> URL.matcher(text).find()));
        assertThat(url.find()).isTrue();
        URI server = URI.create(url.group(1));
        assertThat(get(server.resolve("/v1/model")).body()).contains("\"classification\"");

        Files.writeString(model, "not a model");
        await(text -> text.contains("the model in service stays: "));
        assertThat(get(server.resolve("/health/ready")).body()).contains("\"generation\":1");
        Files.write(model, good);
        await(text -> text.contains("generation 2 in service"));
        assertThat(get(server.resolve("/metrics")).body()).contains("fusion_model_generation 2.0");

        thread.shutdownNow();
        assertThat(code.get()).isZero();
    }

    @Test
    void wrongOptionsAreRefusedInOneLine(@TempDir Path dir) {
        Path model = dir.resolve("birds.fusion");
        assertThat(Shell.fit(Birds.classes(dir.resolve("birds")).path(), model).code())
                .isZero();
        assertRefused(Shell.fusion("serve", model, "--port", 70000), "Option 'port' must be 0 to 65535 but is 70000");
        assertRefused(Shell.fusion("serve", model, "--max-body", 0), "Option 'max-body' must be 1 or more but is 0");
        assertRefused(
                Shell.fusion("serve", model, "--host", "256.1.1.1"),
                "Cannot listen at 256.1.1.1:8080: the host is unknown; ");
        assertRefused(Shell.fusion("serve", model, "--json"), "Unknown option '--json'");
        assertRefused(Shell.fusion("serve", dir.resolve("none.fusion")), "Model ");
    }

    private static void assertRefused(Shell.Ran ran, String message) {
        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.err()).startsWith("fusion: " + message).hasLineCount(1);
    }
}
