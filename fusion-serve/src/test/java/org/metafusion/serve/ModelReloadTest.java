package org.metafusion.serve;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.metafusion.core.modality.Sample;
import org.metafusion.core.port.StoredModel;
import org.metafusion.ensemble.live.LiveModel;
import org.metafusion.ensemble.model.FusionModel;

/** A server whose model is replaced while it is asked. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ModelReloadTest {

    private final StoredModel first = SmallModel.stored(1, "cat", "dog");
    private final StoredModel second = SmallModel.stored(2, "cat", "dog");
    private final StoredModel other = SmallModel.stored(3, "cat", "dog", "bird");
    private final Caller caller = new Caller(this::server);
    private StoredModel next = second;
    private ModelServer server = start(ServeOptions.DEFAULT.withPort(0));

    private ModelServer server() {
        return server;
    }

    @AfterEach
    void begin() {
        restart(ServeOptions.DEFAULT);
    }

    @AfterAll
    void stop() {
        server.close();
    }

    private ModelServer start(ServeOptions options) {
        return ModelServer.start(
                new LiveModel(SmallModel.open(first)),
                () -> SmallModel.open(next),
                options,
                new PrometheusMeterRegistry(PrometheusConfig.DEFAULT));
    }

    private void restart(ServeOptions options) {
        server.close();
        next = second;
        server = start(options.withPort(0));
    }

    private static double confidence(StoredModel stored) {
        try (FusionModel model = SmallModel.open(stored)) {
            return model.predict(Sample.of("image", new float[] {1, 2, 3, 4}).and("text", new float[] {0.5f, -1, 0.2f}))
                    .value();
        }
    }

    @Test
    void aReloadServesTheNewModelAndARollbackTheOldOne() {
        JsonNode before = Caller.json(caller.post("/v1/predict", Caller.BOTH));
        assertThat(Caller.json(caller.post("/v1/reload", "")).get("status").textValue())
                .isEqualTo("reloaded");
        JsonNode after = Caller.json(caller.post("/v1/predict", Caller.BOTH));
        assertThat(after.get("generation").intValue()).isEqualTo(2);
        assertThat(after.get("confidence")).isNotEqualTo(before.get("confidence"));
        assertThat(caller.post("/v1/rollback", "").statusCode()).isEqualTo(200);
        assertThat(Caller.json(caller.post("/v1/predict", Caller.BOTH))).isEqualTo(before);
        HttpResponse<String> again = caller.post("/v1/rollback", "");
        assertThat(again.statusCode()).isEqualTo(409);
        assertThat(Caller.json(again).get("error").textValue()).isEqualTo("There is no earlier model to go back to");
    }

    @Test
    void aModelThatDoesNotPassTheCanaryIsNotServed() {
        next = other;
        HttpResponse<String> refused = caller.post("/v1/reload", "");
        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(Caller.json(refused).get("error").textValue())
                .isEqualTo(
                        "The model in service stays: The new model predicts classes [cat, dog, bird], unlike the one in"
                                + " service (classes [cat, dog])");
        assertThat(Caller.json(caller.post("/v1/predict", Caller.BOTH))
                        .get("generation")
                        .intValue())
                .isEqualTo(1);
    }

    @Test
    void onlyWhoHasTheTokenMayReload() {
        restart(new ServeOptions("127.0.0.1", 0, 1000, 4, Optional.of("secret")));
        HttpResponse<String> refused = caller.post("/v1/reload", "");
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(Caller.json(refused).get("error").textValue())
                .isEqualTo("/v1/reload needs the header 'Authorization: Bearer ...' with the server's token");
        HttpRequest.Builder reload = caller.to("/v1/reload").POST(HttpRequest.BodyPublishers.noBody());
        assertThat(caller.send(reload.copy().header("Authorization", "Bearer wrong"))
                        .statusCode())
                .isEqualTo(403);
        assertThat(caller.send(reload.copy().header("Authorization", "Bearer secret"))
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void noRequestFailsWhileModelsAreReplacedAndEachNamesTheOneThatAnswered()
            throws ExecutionException, InterruptedException {
        double ofFirst = confidence(first);
        double ofSecond = confidence(second);
        ExecutorService pool = Executors.newFixedThreadPool(3);
        AtomicBoolean done = new AtomicBoolean();
        List<Future<Integer>> callers = new ArrayList<>();
        for (int thread = 0; thread < 3; thread++) {
            callers.add(pool.submit(() -> {
                int answered = 0;
                while (!done.get()) {
                    HttpResponse<String> response = caller.post("/v1/predict", Caller.BOTH);
                    assertThat(response.statusCode()).isEqualTo(200);
                    JsonNode answer = Caller.json(response);
                    boolean isSecond = answer.get("generation").intValue() % 2 == 0;
                    assertThat(answer.get("confidence").doubleValue()).isEqualTo(isSecond ? ofSecond : ofFirst);
                    answered++;
                }
                return answered;
            }));
        }
        for (int time = 0; time < 20; time++) {
            next = time % 2 == 0 ? second : first;
            server.reload();
        }
        done.set(true);
        for (Future<Integer> count : callers) {
            assertThat(count.get()).isPositive();
        }
        pool.shutdown();
        assertThat(server.generation()).isEqualTo(21);
    }
}
