package org.metafusion.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Runs one workload and prints each figure as a JSON line, exactly as {@code bench/peer_pytorch.py} does; {@link Ratios}
 * runs both in turn.
 *
 * <pre>{@code
 * java --add-modules=jdk.incubator.vector -cp fusion-bench/target/fusion-bench.jar \
 *     org.metafusion.bench.Workloads --workload cohort --threads 1 --repeat 5
 * }</pre>
 *
 * Options: {@code --backend} by name, {@code --warm-up} repetitions that are not printed, {@code --on-request} for one repetition for each line on
 * standard input, {@code --tiny} for a small version.
 */
public final class Workloads {

    private static final Map<String, String> DEFAULTS = Map.of(
            "workload",
            "cohort",
            "backend",
            "cpu",
            "threads",
            "1",
            "repeat",
            "5",
            "warm-up",
            "3",
            "on-request",
            "false",
            "tiny",
            "false");

    private Workloads() {}

    /** Runs it. */
    public static void main(String[] words) throws IOException {
        Arguments arguments = new Arguments(words, DEFAULTS);
        String name = arguments.text("workload");
        Workload.Place on = new Workload.Place(arguments.text("backend"), arguments.number("threads"));
        try (Workload workload = Workload.named(name, on, arguments.isSet("tiny"))) {
            for (int i = 0; i < arguments.number("warm-up"); i++) {
                workload.repeat();
            }
            System.out.println("{\"ready\": true}");
            if (arguments.isSet("on-request")) {
                BufferedReader requests = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
                for (int i = 0; requests.readLine() != null; i++) {
                    repeat(workload, arguments, i);
                }
            } else {
                for (int i = 0; i < arguments.number("repeat"); i++) {
                    repeat(workload, arguments, i);
                }
            }
        }
    }

    private static void repeat(Workload workload, Arguments arguments, int number) {
        for (Figure figure : workload.repeat()) {
            System.out.println(figure.json(arguments.text("workload"), arguments.number("threads")));
        }
        System.out.println("{\"done\": " + number + "}");
    }
}
