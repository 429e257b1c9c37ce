package org.metafusion.serve;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.util.Optional;
import java.util.function.Supplier;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.metafusion.core.FusionException;
import org.metafusion.ensemble.live.LiveModel;
import org.metafusion.ensemble.model.FusionModel;

/**
 * A model over HTTP: {@code POST /v1/predict}, {@code GET /v1/model}, {@code /health/live}, {@code /health/ready}, {@code
 * /metrics}, {@code /openapi.json}, and {@code POST /v1/reload} and {@code /v1/rollback} for its keeper. Requests and
 * answers are JSON; a refused request gets {@code {"error": ...}} and a status that says whose fault it is.
 *
 * <p>Closing it answers what is under way, then closes the model.
 */
public final class ModelServer implements AutoCloseable {

    private static final int STOP_MILLISECONDS = 5000;
    private static final int IDLE_MILLISECONDS = 60_000;
    private static final int SHUTDOWN_IDLE_MILLISECONDS = 100;
    private static final int THREADS = 16;

    private final Server server;
    private final ServerConnector connector;
    private final Api api;
    private final ServedModel model;

    private ModelServer(Server server, ServerConnector connector, Api api, ServedModel model) {
        this.server = server;
        this.connector = connector;
        this.api = api;
        this.model = model;
    }

    /**
     * Starts serving.
     *
     * @param live the model in service; owned by the server from here on, also if it cannot start
     * @param loader the model that a reload puts in service, such as one read from a file
     * @param registry where the server's meters are, and what {@code /metrics} shows
     * @throws FusionException if the address is taken or not this machine's
     */
    public static ModelServer start(
            LiveModel live, Supplier<FusionModel> loader, ServeOptions options, PrometheusMeterRegistry registry) {
        ServedModel served = new ServedModel(live, loader, registry);
        Api api = new Api(served, options, registry);
        QueuedThreadPool threads = new QueuedThreadPool(THREADS, 4);
        threads.setName("fusion-serve");
        Server server = new Server(threads);
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        ServerConnector connector = new ServerConnector(server, new HttpConnectionFactory(http));
        connector.setHost(options.host());
        connector.setPort(options.port());
        connector.setIdleTimeout(IDLE_MILLISECONDS);
        connector.setShutdownIdleTimeout(SHUTDOWN_IDLE_MILLISECONDS);
        server.addConnector(connector);
        server.setHandler(new GracefulHandler(new HttpGate(api, options)));
        server.setErrorHandler((request, response, callback) -> {
            int status = response.getStatus();
            HttpGate.write(response, Api.refused(status, HttpStatus.getMessage(status)), callback);
            return true;
        });
        server.setStopTimeout(STOP_MILLISECONDS);
        ModelServer started = new ModelServer(server, connector, api, served);
        started.begin(options);
        return started;
    }

    private void begin(ServeOptions options) {
        try {
            server.start();
        } catch (Exception e) {
            close();
            throw new FusionException("Cannot listen at " + options.host() + ":" + options.port() + ": " + cause(e)
                    + "; take another --host or --port");
        }
    }

    private static String cause(Throwable e) {
        Throwable last = e;
        while (last.getCause() != null) {
            last = last.getCause();
        }
        return last instanceof UnresolvedAddressException || last instanceof UnknownHostException
                ? "the host is unknown"
                : Optional.ofNullable(last.getMessage()).orElse(last.getClass().getSimpleName());
    }

    /** Where it listens. */
    public URI uri() {
        return URI.create("http://" + connector.getHost() + ":" + connector.getLocalPort());
    }

    /**
     * Puts the loader's model in service.
     *
     * @throws FusionException if it cannot be loaded or does not pass the canary check; the model in service stays
     */
    public void reload() {
        model.reload();
    }

    /** Which model is in service; see {@link LiveModel#generation}. */
    public int generation() {
        return model.generation();
    }

    /** Waits until the server is closed. */
    public void join() throws InterruptedException {
        server.join();
    }

    @Override
    public void close() {
        api.stop();
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException("The server did not stop", e);
        } finally {
            model.close();
        }
    }
}
