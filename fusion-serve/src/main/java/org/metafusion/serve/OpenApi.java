package org.metafusion.serve;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.metafusion.core.modality.Modality;
import org.metafusion.core.modality.Task;
import org.metafusion.ensemble.model.FusionModel;

/** The server's interface as an OpenAPI 3.1 document, with the modalities and classes of the model in service. */
final class OpenApi {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private OpenApi() {}

    static byte[] of(FusionModel model, ServeOptions options) {
        ObjectNode root = MAPPER.createObjectNode().put("openapi", "3.1.0");
        root.putObject("info")
                .put("title", "MetaFusion model")
                .put("version", "1")
                .put(
                        "description",
                        "Predictions from any subset of the modalities. A body has at most " + options.maxBody()
                                + " bytes; beyond " + options.maxConcurrent()
                                + " requests at a time the answer is 503.");
        ObjectNode paths = root.putObject("paths");
        predict(paths);
        get(paths, "/v1/model", "What the model takes and predicts");
        get(paths, "/openapi.json", "This document");
        get(paths, "/metrics", "Meters in Prometheus' format");
        get(paths, "/health/live", "200 while the server runs");
        get(paths, "/health/ready", "200 while a model is in service, 503 while the server stops");
        post(paths, "/v1/reload", "Puts the model file as it is now in service, if it passes the canary check");
        post(paths, "/v1/rollback", "Puts the model before in service again");
        schemas(root.putObject("components").putObject("schemas"), model);
        return root.toPrettyString().getBytes(java.nio.charset.StandardCharsets.UTF_8);
    }

    private static void predict(ObjectNode paths) {
        ObjectNode post = post(paths, "/v1/predict", "Predicts one input, or rows");
        post.putArray("parameters")
                .addObject()
                .put("name", "explain")
                .put("in", "query")
                .put("description", "true: also members, weights and each modality's contribution; for one input")
                .putObject("schema")
                .put("type", "boolean");
        post.putObject("requestBody")
                .put("required", true)
                .putObject("content")
                .putObject("application/json")
                .putObject("schema")
                .put("$ref", "#/components/schemas/Query");
    }

    private static ObjectNode get(ObjectNode paths, String path, String summary) {
        return operation(paths, path, "get", summary);
    }

    private static ObjectNode post(ObjectNode paths, String path, String summary) {
        ObjectNode operation = operation(paths, path, "post", summary);
        operation.withObject("/responses").putObject("4XX").put("description", "{\"error\": what to mend}");
        return operation;
    }

    private static ObjectNode operation(ObjectNode paths, String path, String method, String summary) {
        ObjectNode operation = paths.withObject("/" + path.replace("~", "~0").replace("/", "~1"))
                .putObject(method)
                .put("summary", summary);
        operation.putObject("responses").putObject("200").put("description", summary);
        return operation;
    }

    private static void schemas(ObjectNode schemas, FusionModel model) {
        ObjectNode features =
                schemas.putObject("Features").put("type", "object").put("additionalProperties", false);
        ObjectNode modalities = features.putObject("properties");
        for (Modality modality : model.modalities()) {
            modalities
                    .putObject(modality.name())
                    .put("type", "array")
                    .put("minItems", modality.width())
                    .put("maxItems", modality.width())
                    .putObject("items")
                    .put("type", "number");
        }
        ObjectNode query = schemas.putObject("Query").put("type", "object");
        query.putObject("properties").putObject("features").put("$ref", "#/components/schemas/Features");
        ObjectNode row = query.withObject("/properties")
                .putObject("rows")
                .put("type", "array")
                .putObject("items")
                .put("type", "object")
                .putObject("properties");
        row.putObject("id").put("type", "string");
        row.putObject("features").put("$ref", "#/components/schemas/Features");
        boolean classifies = model.task() instanceof Task.Classification;
        ObjectNode outputs = schemas.putObject("Prediction")
                .put("type", "object")
                .putObject("properties")
                .putObject(classifies ? "probabilities" : "values")
                .put("type", "object")
                .putObject("properties");
        model.task().names().forEach(name -> outputs.putObject(name).put("type", "number"));
    }
}
