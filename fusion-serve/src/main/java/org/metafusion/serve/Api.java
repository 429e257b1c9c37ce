package org.metafusion.serve;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.metafusion.core.FusionException;

/** What the server answers to what, without HTTP. */
final class Api {

    private static final String JSON = "application/json";
    private static final String EXPLAIN = "explain";
    private static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";

    private final ServedModel model;
    private final ServeOptions options;
    private final PrometheusMeterRegistry registry;
    private final Map<String, Map<String, Endpoint>> endpoints = new TreeMap<>();
    private final QueryReader reader;
    private volatile boolean stopping;

    /**
     * A request.
     *
     * @param query of its address, or empty
     * @param isLocal whether it comes from this machine
     * @param token its bearer token, or empty
     */
    record Call(String method, String path, String query, byte[] body, boolean isLocal, String token) {

        /** Whether an explanation is asked for: {@code explain}, or {@code explain=true}. */
        boolean explain() {
            boolean explain = false;
            for (String parameter : query.split("&")) {
                if (parameter.equals(EXPLAIN) || parameter.startsWith(EXPLAIN + "=")) {
                    explain = switch (parameter) {
                        case EXPLAIN, EXPLAIN + "=true" -> true;
                        case EXPLAIN + "=false" -> false;
                        default ->
                            throw Refusal.badRequest("'explain' must be true or false but is '"
                                    + parameter.substring(EXPLAIN.length() + 1) + "'");
                    };
                }
            }
            return explain;
        }
    }

    /** @param slow whether it waits for a disk or a device, and must not hold up a thread that reads from the network */
    private record Endpoint(Handler handler, boolean slow) {}

    private interface Handler {
        Reply answer(Call call);
    }

    Api(ServedModel model, ServeOptions options, PrometheusMeterRegistry registry) {
        this.model = model;
        this.options = options;
        this.registry = registry;
        this.reader = new QueryReader(model.modalities());
        add("POST", "/v1/predict", this::predict, false);
        add("GET", "/v1/model", call -> json(Answers.description(model.describe())), false);
        add("POST", "/v1/reload", this::reload, true);
        add("POST", "/v1/rollback", this::rollback, true);
        add("GET", "/health/live", call -> json(Answers.status("live", model.generation())), false);
        add("GET", "/health/ready", this::ready, false);
        add("GET", "/metrics", call -> new Reply(200, PROMETHEUS, utf8(registry.scrape())), false);
        add("GET", "/openapi.json", call -> json(model.openApi(options)), false);
    }

    private void add(String method, String path, Handler handler, boolean slow) {
        endpoints.computeIfAbsent(path, p -> new TreeMap<>()).put(method, new Endpoint(handler, slow));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static Reply json(byte[] body) {
        return new Reply(200, JSON, body);
    }

    static Reply refused(int status, String message) {
        return new Reply(status, JSON, Answers.error(message));
    }

    boolean isSlow(String method, String path) {
        Endpoint endpoint = endpoints.getOrDefault(path, Map.of()).get(method);
        return endpoint != null && endpoint.slow;
    }

    /** From now on not ready. */
    void stop() {
        stopping = true;
    }

    /** The answer; every failure is one. */
    Reply answer(Call call) {
        try {
            return endpoint(call).handler.answer(call);
        } catch (Refusal e) {
            return refused(e.status(), said(e));
        } catch (FusionException e) {
            return refused(400, said(e));
        } catch (OutOfMemoryError e) {
            return refused(500, "The server's memory does not suffice for this; send fewer rows at a time");
        } catch (Throwable e) { // An Error of one request must not take a thread or a place from the others.
            return refused(500, "The server failed: " + e);
        }
    }

    private static String said(RuntimeException e) {
        return String.valueOf(e.getMessage());
    }

    private Endpoint endpoint(Call call) {
        Map<String, Endpoint> methods = endpoints.get(call.path());
        if (methods == null) {
            throw new Refusal(
                    404, "There is nothing at " + call.path() + "; there are " + String.join(", ", endpoints.keySet()));
        }
        Endpoint endpoint = methods.get(call.method());
        if (endpoint == null) {
            throw new Refusal(
                    405,
                    call.path() + " takes " + methods.keySet().stream().collect(Collectors.joining(" or ")) + ", not "
                            + call.method());
        }
        return endpoint;
    }

    private Reply predict(Call call) {
        boolean explain = call.explain();
        Query query = reader.read(call.body());
        if (query.isBatch()) {
            if (explain) {
                throw Refusal.badRequest("Only a single input is explained; send 'features' in place of 'rows'");
            }
            return json(Answers.predictions(query.rows(), model.predict(query.rows(), model.samples(query.rows()))));
        }
        var sample = query.rows().get(0).sample();
        return json(explain ? Answers.explanation(model.explain(sample)) : Answers.prediction(model.predict(sample)));
    }

    private Reply ready(Call call) {
        return stopping ? refused(503, "The server is stopping") : json(Answers.status("ready", model.generation()));
    }

    private Reply reload(Call call) {
        requireAdmin(call);
        try {
            return json(Answers.status("reloaded", model.reload()));
        } catch (FusionException e) {
            throw new Refusal(409, "The model in service stays: " + said(e));
        }
    }

    private Reply rollback(Call call) {
        requireAdmin(call);
        try {
            return json(Answers.status("rolled back", model.rollback()));
        } catch (FusionException e) {
            throw new Refusal(409, said(e));
        }
    }

    private void requireAdmin(Call call) {
        boolean hasToken = options.adminToken()
                .map(wanted -> MessageDigest.isEqual(utf8(wanted), utf8(call.token())))
                .orElse(call.isLocal());
        if (!hasToken) {
            throw new Refusal(
                    403,
                    options.adminToken().isPresent()
                            ? call.path() + " needs the header 'Authorization: Bearer ...' with the server's token"
                            : call.path() + " is for this machine only; start the server with a token to allow others");
        }
    }
}
