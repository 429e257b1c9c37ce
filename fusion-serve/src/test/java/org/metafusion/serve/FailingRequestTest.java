package org.metafusion.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Promise;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.metafusion.core.FusionException;
import org.metafusion.core.modality.Sample;
import org.metafusion.core.port.StoredModel;
import org.metafusion.ensemble.live.LiveModel;

/** What an {@link Error} while a request is answered leaves of the server. */
final class FailingRequestTest {

    private static final StoredModel MODEL = SmallModel.stored(1, "cat", "dog");

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anErrorIsAnsweredAndItsPlaceIsFreeForTheNext(boolean isMemory) {
        Error error = isMemory ? new OutOfMemoryError("Java heap space") : new StackOverflowError();
        try (ModelServer server = ModelServer.start(
                new LiveModel(SmallModel.open(MODEL)),
                () -> {
                    throw error;
                },
                new ServeOptions("127.0.0.1", 0, 1000, 1, Optional.empty()),
                new PrometheusMeterRegistry(PrometheusConfig.DEFAULT))) {
            Caller caller = new Caller(() -> server);
            for (int time = 0; time < 3; time++) {
                HttpResponse<String> response =
                        whenThereIsAPlace(caller, caller.to("/v1/reload").POST(HttpRequest.BodyPublishers.noBody()));
                assertThat(response.statusCode()).isEqualTo(500);
                assertThat(Caller.json(response).get("error").textValue())
                        .isEqualTo(
                                isMemory
                                        ? "The server's memory does not suffice for this; send fewer rows at a time"
                                        : "The server failed: java.lang.StackOverflowError");
            }
            assertThat(whenThereIsAPlace(caller, caller.to("/health/live")).statusCode())
                    .isEqualTo(200);
        }
    }

    /** A reply may come a moment before its place is given back. */
    private static HttpResponse<String> whenThereIsAPlace(Caller caller, HttpRequest.Builder request) {
        HttpRequest.Builder patient = request.timeout(Duration.ofSeconds(20));
        HttpResponse<String> response = caller.send(patient);
        for (int time = 0; time < 100 && response.statusCode() == 503; time++) {
            response = caller.send(patient);
        }
        return response;
    }

    @Test
    void rowsThatNoArrayHoldsAreRefusedInWords() {
        Query.Row row = new Query.Row("a", new Sample(Map.of()));
        List<Query.Row> rows = Collections.nCopies(600_000_000, row);
        try (ServedModel model = new ServedModel(
                new LiveModel(SmallModel.open(MODEL)), () -> SmallModel.open(MODEL), new SimpleMeterRegistry())) {
            assertThatThrownBy(() -> model.samples(rows))
                    .isInstanceOf(FusionException.class)
                    .hasMessageStartingWith("Modality 'image' has 600000000 x 4 values")
                    .hasMessageContaining("give fewer rows");
        }
    }

    @Test
    void aPlaceIsGivenBackOnceHoweverOftenTheRequestEnds() {
        Semaphore places = new Semaphore(0);
        Place place = new Place(Callback.NOOP, places);
        place.succeeded();
        place.failed(new IOException("gone"));
        assertThat(places.availablePermits()).isEqualTo(1);
    }

    @Test
    void anErrorOfWhoTakesABodyIsToldAlsoIfTheBodyCameLate() throws Exception {
        BlockingQueue<Throwable> told = new LinkedBlockingQueue<>();
        Server server = new Server();
        ServerConnector connector = new ServerConnector(server);
        server.addConnector(connector);
        server.setHandler(new TakerThatFails(told));
        server.start();
        try (Socket socket = new Socket("127.0.0.1", connector.getLocalPort())) {
            socket.getOutputStream().write(bytes("POST / HTTP/1.1\r\nHost: here\r\nContent-Length: 2\r\n\r\n"));
            socket.getOutputStream().flush();
            assertThat(told.poll(300, TimeUnit.MILLISECONDS)).isNull();
            socket.getOutputStream().write(bytes("{}"));
            assertThat(told.poll(20, TimeUnit.SECONDS)).isInstanceOf(StackOverflowError.class);
        } finally {
            server.stop();
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static final class TakerThatFails extends Handler.Abstract.NonBlocking {

        private final BlockingQueue<Throwable> told;

        TakerThatFails(BlockingQueue<Throwable> told) {
            this.told = told;
        }

        @Override
        public boolean handle(Request request, Response response, Callback callback) {
            RequestBody.read(
                    request,
                    100,
                    Promise.from(
                            body -> {
                                throw new StackOverflowError();
                            },
                            e -> {
                                told.add(e);
                                callback.succeeded();
                            }));
            return true;
        }
    }
}
