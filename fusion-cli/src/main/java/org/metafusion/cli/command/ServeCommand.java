package org.metafusion.cli.command;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.metafusion.core.FusionException;
import org.metafusion.ensemble.live.LiveModel;
import org.metafusion.ensemble.meter.FusionMeters;
import org.metafusion.ensemble.model.FusionModel;
import org.metafusion.ensemble.model.PredictionListener;
import org.metafusion.serve.ModelServer;
import org.metafusion.serve.ServeOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code fusion serve}: a model over HTTP, until it is stopped. */
@Command(
        name = "serve",
        description = "Serves a model over HTTP, JSON in and out, until it is stopped (Ctrl-C).",
        footer = {
            "",
            "POST /v1/predict, GET /v1/model, /openapi.json, /metrics, /health/live, /health/ready;",
            "POST /v1/reload and /v1/rollback from this machine or, where one is set, with the token alone.",
            "",
            "Examples:",
            "  fusion serve birds.fusion",
            "  curl -d '{\"features\": {\"image\": [0.1, 0.2]}}' -H 'Content-Type: application/json' \\",
            "       http://127.0.0.1:8080/v1/predict",
            "  fusion serve birds.fusion --host 0.0.0.0 --port 80 --watch"
        })
final class ServeCommand implements Callable<Integer> {

    private static final Duration WATCHED_EVERY = Duration.ofSeconds(1);
    private static final String TOKEN = "FUSION_ADMIN_TOKEN";

    @Mixin
    private ModelOptions models = new ModelOptions();

    @Option(
            names = "--host",
            paramLabel = "ADDRESS",
            defaultValue = "127.0.0.1",
            description = "Where to listen: 127.0.0.1 (default) is this machine alone, 0.0.0.0 everyone.")
    private String host = "127.0.0.1";

    @Option(
            names = "--port",
            paramLabel = "N",
            defaultValue = "8080",
            description = "The port to listen at (default: 8080); 0 for any that is free.")
    private int port = 8080;

    @Option(
            names = "--max-body",
            paramLabel = "BYTES",
            defaultValue = "4194304",
            description = "The largest request (default: 4 MiB).")
    private int maxBody = 4 << 20;

    @Option(
            names = "--max-concurrent",
            paramLabel = "N",
            defaultValue = "64",
            description = "Requests answered at the same time (default: 64); more get status 503.")
    private int maxConcurrent = 64;

    @Option(
            names = "--watch",
            description =
                    "Put the model file in service again whenever it changes. A file that cannot be read, or a model"
                            + " that is not interchangeable with the one in service, is refused and the one in service stays.")
    private boolean watch;

    @Mixin
    private NoteOptions output = new NoteOptions();

    private final Tools tools;

    ServeCommand(Tools tools) {
        this.tools = tools;
    }

    @Override
    public Integer call() {
        ServeOptions options = new ServeOptions(host, port, maxBody, maxConcurrent, token());
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        PredictionListener listener = new FusionMeters(registry).predictions();
        Supplier<FusionModel> loader = () -> models.open(tools, listener);
        try (ModelServer server = ModelServer.start(new LiveModel(loader.get()), loader, options, registry)) {
            Thread closing = new Thread(server::close, "fusion-serve-end");
            Runtime.getRuntime().addShutdownHook(closing);
            say("serving " + models.file() + " at " + server.uri());
            if (watch) {
                FileWatch.every(WATCHED_EVERY, models.file(), () -> reload(server));
            }
            await(server);
        }
        return 0;
    }

    /** Until it is closed, or this thread is told to end. */
    private static void await(ModelServer server) {
        try {
            server.join();
        } catch (InterruptedException told) {
            // That is how it ends; the thread has yet to close the server and must not be interrupted in that.
        }
    }

    private static Optional<String> token() {
        return Optional.ofNullable(System.getenv(TOKEN)).filter(token -> !token.isBlank());
    }

    private void reload(ModelServer server) {
        try {
            server.reload();
            say("generation " + server.generation() + " in service");
        } catch (FusionException e) {
            say("the model in service stays: " + e.getMessage());
        }
    }

    private void say(String text) {
        output.note(tools.terminal(), text);
    }
}
