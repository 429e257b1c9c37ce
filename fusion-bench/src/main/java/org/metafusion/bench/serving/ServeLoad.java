package org.metafusion.bench.serving;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Single predictions at a steady rate, and how long they take. Requests have a time at which they are due, and a latency
 * counts from then, also where a slow answer before kept one from being sent: what a caller feels who does not wait for
 * others.
 *
 * <pre>{@code
 * fusion serve birds.fusion --port 8080
 * java -cp fusion-bench/target/fusion-bench.jar org.metafusion.bench.serving.ServeLoad http://127.0.0.1:8080 5000 20 8 20
 * }</pre>
 *
 * Arguments: the server, requests a second, seconds, connections, reloads spread over the time.
 */
public final class ServeLoad {

    private static final Pattern MODALITIES = Pattern.compile("\"modalities\":\\{([^}]*)}");
    private static final Pattern WIDTH = Pattern.compile("\"([^\"]+)\":(\\d+)");
    private static final int BODIES = 64;

    private final URI server;
    private final long nanosBetween;
    private final int total;
    private final int connections;
    private final List<byte[]> requests;

    /** What a connection saw: latencies in nanoseconds, and answers other than 200. */
    private record Seen(long[] latencies, int failed) {}

    private ServeLoad(URI server, int rate, int seconds, int connections) throws IOException {
        this.server = server;
        this.nanosBetween = 1_000_000_000L / rate;
        this.total = rate * seconds;
        this.connections = connections;
        this.requests = requests(server);
    }

    public static void main(String[] arguments) throws IOException, InterruptedException, ExecutionException {
        if (arguments.length != 5) {
            System.err.println("Usage: ServeLoad URL RATE SECONDS CONNECTIONS RELOADS");
            System.exit(2);
        }
        int[] numbers =
                Arrays.stream(arguments).skip(1).mapToInt(Integer::parseInt).toArray();
        ServeLoad load = new ServeLoad(URI.create(arguments[0]), numbers[0], numbers[1], numbers[2]);
        load.run(load.total / 4, 0); // warms both sides up
        System.out.println(load.run(load.total, numbers[3]));
    }

    /** Random features of every modality of the model, in a few different bodies. */
    private static List<byte[]> requests(URI server) throws IOException {
        String model;
        try (PlainConnection connection = new PlainConnection(server)) {
            model = connection
                    .send(PlainConnection.request("GET", "/v1/model", ""))
                    .text();
        }
        Matcher modalities = MODALITIES.matcher(model);
        if (!modalities.find()) {
            throw new IOException("Not a model server: " + model);
        }
        SplittableRandom random = new SplittableRandom(1);
        List<byte[]> requests = new ArrayList<>();
        for (int i = 0; i < BODIES; i++) {
            List<String> features = new ArrayList<>();
            Matcher widths = WIDTH.matcher(modalities.group(1));
            while (widths.find()) {
                List<String> values = new ArrayList<>();
                for (int j = 0; j < Integer.parseInt(widths.group(2)); j++) {
                    values.add(String.format(Locale.ROOT, "%.4f", 2 * random.nextDouble() - 1));
                }
                features.add("\"" + widths.group(1) + "\":[" + String.join(",", values) + "]");
            }
            requests.add(PlainConnection.request(
                    "POST", "/v1/predict", "{\"features\":{" + String.join(",", features) + "}}"));
        }
        return requests;
    }

    private String run(int count, int reloads) throws InterruptedException, ExecutionException {
        ExecutorService pool = Executors.newFixedThreadPool(connections + 1);
        long start = System.nanoTime() + 50_000_000;
        List<Future<Seen>> callers = new ArrayList<>();
        for (int caller = 0; caller < connections; caller++) {
            int first = caller;
            callers.add(pool.submit(() -> call(start, first, count)));
        }
        Future<Integer> reloaded = pool.submit(() -> reload(start, count, reloads));
        List<long[]> latencies = new ArrayList<>();
        int failed = 0;
        for (Future<Seen> caller : callers) {
            latencies.add(caller.get().latencies());
            failed += caller.get().failed();
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        int done = reloaded.get();
        pool.shutdown();
        long[] all = latencies.stream().flatMapToLong(Arrays::stream).sorted().toArray();
        return String.format(
                Locale.ROOT,
                "%d predictions in %.1f s (%.0f a second) over %d connections, %d failed, %d reloads%n"
                        + "latency in ms from when each was due: p50 %.2f, p90 %.2f, p99 %.2f, p99.9 %.2f, max %.2f",
                all.length,
                seconds,
                all.length / seconds,
                connections,
                failed,
                done,
                percentile(all, 0.5),
                percentile(all, 0.9),
                percentile(all, 0.99),
                percentile(all, 0.999),
                percentile(all, 1));
    }

    private static double percentile(long[] sorted, double share) {
        int index = (int) Math.ceil(share * sorted.length) - 1;
        return sorted[Math.max(0, index)] / 1e6;
    }

    private static void waitUntil(long time) {
        long left = time - System.nanoTime();
        while (left > 0) {
            LockSupport.parkNanos(left);
            left = time - System.nanoTime();
        }
    }

    /** Every {@code connections}-th of the requests, from {@code first} on. */
    private Seen call(long start, int first, int count) throws IOException {
        long[] latencies = new long[(count - first + connections - 1) / connections];
        int failed = 0;
        try (PlainConnection connection = new PlainConnection(server)) {
            for (int i = 0; i < latencies.length; i++) {
                int number = first + i * connections;
                long due = start + number * nanosBetween;
                waitUntil(due);
                PlainConnection.Answer answer = connection.send(requests.get(number % BODIES));
                latencies[i] = System.nanoTime() - due;
                failed += answer.status() == 200 ? 0 : 1;
            }
        }
        return new Seen(latencies, failed);
    }

    private int reload(long start, int count, int reloads) throws IOException {
        try (PlainConnection connection = new PlainConnection(server)) {
            byte[] request = PlainConnection.request("POST", "/v1/reload", "");
            for (int i = 0; i < reloads; i++) {
                waitUntil(start + (2L * i + 1) * count * nanosBetween / (2L * reloads));
                PlainConnection.Answer answer = connection.send(request);
                if (answer.status() != 200) {
                    throw new IOException("A reload was refused: " + answer.text());
                }
            }
        }
        return reloads;
    }
}
