package org.metafusion.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.metafusion.core.FusionException;
import org.metafusion.core.modality.Sample;
import org.metafusion.core.port.StoredModel;
import org.metafusion.ensemble.live.LiveModel;
import org.metafusion.ensemble.model.FusionModel;
import org.metafusion.ensemble.model.Prediction;

/** A server over real sockets on this machine. */
final class ModelServerTest {

    private static final StoredModel MODEL = SmallModel.stored(1, "cat", "dog");

    private final Caller caller = new Caller(this::server);
    private ModelServer server;

    ModelServerTest() {
        server = start(ServeOptions.DEFAULT.withPort(0));
    }

    private ModelServer server() {
        return server;
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private ModelServer start(ServeOptions options) {
        return ModelServer.start(
                new LiveModel(SmallModel.open(MODEL)),
                () -> SmallModel.open(MODEL),
                options,
                new PrometheusMeterRegistry(PrometheusConfig.DEFAULT));
    }

    private void restart(ServeOptions options) {
        server.close();
        server = start(options.withPort(0));
    }

    @Test
    void predictsAsTheModelDoes() {
        JsonNode answer = Caller.json(caller.post("/v1/predict", Caller.BOTH));
        try (FusionModel model = SmallModel.open(MODEL)) {
            Prediction expected = model.predict(
                    Sample.of("image", new float[] {1, 2, 3, 4}).and("text", new float[] {0.5f, -1, 0.2f}));
            assertThat(answer.get("label").textValue()).isEqualTo(expected.label());
            assertThat(answer.at("/probabilities/dog").doubleValue()).isEqualTo(expected.values()[1]);
            assertThat(answer.get("confidence").doubleValue()).isEqualTo(expected.value());
            assertThat(answer.get("modalities")).hasSize(2);
            assertThat(answer.get("generation").intValue()).isEqualTo(1);
        }
    }

    @Test
    void aModalityLeftOutOrNullIsMissing() {
        JsonNode without = Caller.json(caller.post("/v1/predict", "{\"features\":{\"image\":[1,2,3,4]}}"));
        assertThat(without.get("modalities")).hasSize(1);
        assertThat(Caller.json(caller.post("/v1/predict", "{\"features\":{\"image\":[1,2,3,4],\"text\":null}}")))
                .isEqualTo(without);
    }

    @Test
    void rowsAreAnsweredInOrderEachFromWhatItHas() {
        JsonNode answer = Caller.json(caller.post(
                "/v1/predict",
                "{\"rows\":[{\"id\":\"a\",\"features\":{\"text\":[1,2,3]}},{\"id\":7,\"features\":{\"image\":[1,2,3,4]}},"
                        + "{\"features\":{\"image\":[1,2,3,4],\"text\":[0.5,-1,0.2]}}]}"));
        assertThat(answer.get("predictions")).hasSize(3);
        assertThat(answer.at("/predictions/0/id").textValue()).isEqualTo("a");
        assertThat(answer.at("/predictions/1/id").textValue()).isEqualTo("7");
        assertThat(answer.at("/predictions/1/modalities/0").textValue()).isEqualTo("image");
        assertThat(answer.at("/predictions/2/probabilities/cat").doubleValue())
                .isCloseTo(
                        Caller.json(caller.post("/v1/predict", Caller.BOTH))
                                .at("/probabilities/cat")
                                .doubleValue(),
                        within(1e-5));
    }

    @Test
    void anIdThatIsNullIsNone() {
        String row = "\"features\":{\"text\":[1,2,3]}}]}";
        assertThat(Caller.json(caller.post("/v1/predict", "{\"rows\":[{\"id\":null," + row)))
                .isEqualTo(Caller.json(caller.post("/v1/predict", "{\"rows\":[{" + row)));
    }

    @Test
    void anExplanationAddsUp() {
        JsonNode answer = Caller.json(caller.post("/v1/predict?explain=true", Caller.BOTH));
        JsonNode explanation = answer.get("explanation");
        double sum = explanation.get("base").doubleValue()
                + explanation.at("/contributions/image").doubleValue()
                + explanation.at("/contributions/text").doubleValue();
        assertThat(sum).isCloseTo(answer.get("confidence").doubleValue(), within(1e-9));
        double weights = 0;
        for (JsonNode member : explanation.get("members")) {
            weights += member.get("weight").doubleValue();
            assertThat(member.get("student").textValue()).isNotEmpty();
        }
        assertThat(weights).isCloseTo(1, within(1e-9));
    }

    @Test
    void anExplanationIsAskedForOrNot() {
        HttpResponse<String> unclear = caller.post("/v1/predict?explain=maybe", Caller.BOTH);
        assertThat(unclear.statusCode()).isEqualTo(400);
        assertThat(unclear.body()).contains("'explain' must be true or false but is 'maybe'");
        assertThat(Caller.json(caller.post("/v1/predict?explain=false", Caller.BOTH)))
                .isEqualTo(Caller.json(caller.post("/v1/predict", Caller.BOTH)));
        assertThat(Caller.json(caller.post("/v1/predict?explain", Caller.BOTH)).has("explanation"))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            `` | The body is empty; send {"features": {"image": [0.1, 0.2, ...]}}
            [1] | Expected an object such as {"features": {"image": [0.1, 0.2, ...]}} but found '[' (line 1, column 2)
            {"features":{"image":[1,2,3,4]} | The body is not JSON: Unexpected end-of-input: expected close marker for Object
            {"features":{"sound":[1]}} | The model has no modality 'sound'; it knows [image, text]
            {"features":{"image":[1,2]}} | Modality 'image' takes 4 features but got 2
            {"features":{"image":[1,2,3,4,5]}} | Modality 'image' takes 4 features but got more
            {"features":{"image":[1,"2",3,4]}} | Expected modality 'image' to hold numbers only but found '2'
            {"features":{"image":7}} | Expected modality 'image' to be a list of numbers but found '7'
            {"features":{"image":[1,2,3,1e99]}} | Modality 'image', row 0, feature 'image_3' is Infinity; give a finite number
            {"features":{}} | Row 'sample' has no modality; give it one of [image, text]
            {"rows":[]} | 'rows' is empty; send one row or more
            {"rows":[{"id":"a"}]} | Row 'a' has no modality; give it one of [image, text]
            {"rows":[{},{}]} | Row '0' has no modality; give it one of [image, text]
            {"rows":[{"id":null,"features":{"image":null}}]} | Row '0' has no modality; give it one of [image, text]
            {"rows":[{"id":"a","id":"b"}]} | Field 'id' is given twice in one input; give it once
            {"features":{"text":[1,2,3],"text":[5,5,5]}} | Modality 'text' is given twice in one input; give it once
            {"features":{"text":[1,2,3]}} {"features":{}} | Expected nothing after the object but found '{' (line 1, column 32)
            {"features":{"text":[1,2,3]}} end | The body is not JSON: Unrecognized token 'end'
            {"features":{"image":[-3.4e38,2,3,4]}} | Row 'sample' would be answered with NaN: its features are
            {"rows":[{"features":{"image":[-3.4e38,2,3,4]}}]} | Row '0' would be answered with NaN: its
            {"rows":[{"name":"a"}]} | Field 'name' of a row is not expected; a row has 'id' and 'features'
            {"image":[1]} | Field 'image' is not expected; send {"features": {"image": [0.1, 0.2, ...]}}
            {} | There are no features; send {"features": {"image": [0.1, 0.2, ...]}}
            """)
    void aWrongBodyIsRefusedInOneSentence(String body, String message) {
        HttpResponse<String> response = caller.post("/v1/predict", body == null ? "" : body);
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(Caller.json(response).get("error").textValue()).startsWith(message);
    }

    @Test
    void wrongPathsMethodsAndTypesSayWhatIsRight() {
        assertThat(caller.get("/v2/predict").statusCode()).isEqualTo(404);
        assertThat(Caller.json(caller.get("/v2/predict")).get("error").textValue())
                .startsWith("There is nothing at /v2/predict; there are /health/live, ");
        HttpResponse<String> method = caller.get("/v1/predict");
        assertThat(method.statusCode()).isEqualTo(405);
        assertThat(Caller.json(method).get("error").textValue()).isEqualTo("/v1/predict takes POST, not GET");
        HttpResponse<String> type = caller.send(caller.to("/v1/predict")
                .header("Content-Type", "text/csv")
                .POST(HttpRequest.BodyPublishers.ofString("1,2")));
        assertThat(type.statusCode()).isEqualTo(415);
        assertThat(Caller.json(type).get("error").textValue())
                .isEqualTo("The body must be application/json but is text/csv");
    }

    @Test
    void bodiesOverTheLimitAreRefusedWithTheirLengthSaidOrNot() {
        restart(new ServeOptions("127.0.0.1", 0, 100, 4, Optional.empty()));
        String large = "{\"features\":{\"image\":[" + "1,".repeat(200) + "1]}}";
        assertThat(caller.post("/v1/predict", large).statusCode()).isEqualTo(413);
        byte[] bytes = large.getBytes(java.nio.charset.StandardCharsets.UTF_8);
        HttpResponse<String> chunked = caller.send(caller.to("/v1/predict")
                .POST(HttpRequest.BodyPublishers.ofInputStream(() -> new java.io.ByteArrayInputStream(bytes))));
        assertThat(chunked.statusCode()).isEqualTo(413);
        assertThat(Caller.json(chunked).get("error").textValue())
                .isEqualTo("The body has more than 100 bytes; send fewer rows at a time");
        assertThat(caller.post("/v1/predict", Caller.BOTH).statusCode()).isEqualTo(200);
    }

    @Test
    void metersHealthModelAndInterfaceAreThere() {
        caller.post("/v1/predict", Caller.BOTH);
        assertThat(caller.get("/metrics").body())
                .contains("fusion_model_generation 1.0")
                .contains("fusion_input_drift{modality=\"image\"}")
                .contains("fusion_confidence_count 1");
        assertThat(Caller.json(caller.get("/health/live")).get("status").textValue())
                .isEqualTo("live");
        assertThat(Caller.json(caller.get("/health/ready")).get("status").textValue())
                .isEqualTo("ready");
        JsonNode model = Caller.json(caller.get("/v1/model"));
        assertThat(model.at("/modalities/text").intValue()).isEqualTo(3);
        assertThat(model.at("/features/text/2").textValue()).isEqualTo("text_2");
        assertThat(model.get("classes")).hasSize(2);
        JsonNode api = Caller.json(caller.get("/openapi.json"));
        assertThat(api.at("/paths/~1v1~1predict/post/summary").textValue()).isEqualTo("Predicts one input, or rows");
        assertThat(api.at("/components/schemas/Features/properties/image/maxItems")
                        .intValue())
                .isEqualTo(4);
    }

    @Test
    void aPortThatIsTakenIsSaid() {
        URI uri = server.uri();
        assertThatThrownBy(() ->
                        start(ServeOptions.DEFAULT.withPort(uri.getPort())).close())
                .isInstanceOf(FusionException.class)
                .hasMessageStartingWith("Cannot listen at 127.0.0.1:" + uri.getPort() + ": ")
                .hasMessageEndingWith("; take another --host or --port");
        assertThat(caller.get("/health/live").statusCode()).isEqualTo(200);
    }
}
