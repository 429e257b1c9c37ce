package org.metafusion.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Runs workloads here and in PyTorch in turn, round by round, and prints medians and ratios. Every contender has a
 * process of its own, which stays warm; {@code cold process} is a fresh one, start and imports included.
 * {@code bench/compare.sh} calls this.
 *
 * <pre>{@code
 * java -cp fusion-bench/target/fusion-bench.jar org.metafusion.bench.Ratios --threads 1 --rounds 5
 * }</pre>
 *
 * Options: {@code --workloads cohort,large,tensor}, {@code --python} the interpreter, {@code --script} the peer,
 * {@code --backend} of ours and {@code --device} of PyTorch's, {@code --alone} for ours without PyTorch,
 * {@code --warm-up} repetitions before the first round, {@code --peer-warm-up} the same for PyTorch, {@code --tiny}, and
 * {@code --check-losses} to compare losses from equal weights, rows and batches in place of times.
 */
public final class Ratios {

    /** PyTorch's stacked version as a CUDA graph. */
    private static final String GRAPHED = "graphed";

    private static final Map<String, List<String>> PEERS = Map.of(
            "cohort", List.of("loop", "stacked"),
            "large", List.of("loop", "stacked"),
            "step24", List.of("loop", "stacked", GRAPHED),
            "step240", List.of("loop", "stacked", GRAPHED),
            "tensor", List.of("materialised", "factored"));

    private static final Map<String, String> DEFAULTS = Map.ofEntries(
            Map.entry("backend", "cpu"),
            Map.entry("device", "cpu"),
            Map.entry("threads", "1"),
            Map.entry("rounds", "5"),
            Map.entry("workloads", "cohort,large,tensor"),
            Map.entry("python", "python3"),
            Map.entry("script", "bench/peer_pytorch.py"),
            Map.entry("warm-up", "3"),
            Map.entry("peer-warm-up", "1"),
            Map.entry("alone", "false"),
            Map.entry("tiny", "false"),
            Map.entry("check-losses", "false"));

    private final Arguments arguments;

    private Ratios(Arguments arguments) {
        this.arguments = arguments;
    }

    /** Runs the comparison; exits with 2 and a line on standard error if PyTorch is not there. */
    public static void main(String[] words) throws IOException, InterruptedException {
        Ratios ratios = new Ratios(new Arguments(words, DEFAULTS));
        if (!ratios.arguments.isSet("alone") && !ratios.hasPyTorch()) {
            System.err.println("compare: '" + ratios.python() + "' has no PyTorch; install it (Debian: apt install"
                    + " python3-torch) or name another interpreter: PYTHON=/usr/bin/python3 bench/compare.sh");
            System.exit(2);
        }
        if (ratios.arguments.isSet("check-losses")) {
            System.out.print(LossCheck.run(ratios.python(), ratios.arguments.text("script")));
            return;
        }
        for (String workload : ratios.arguments.text("workloads").split(",", -1)) {
            System.out.println(ratios.compare(workload));
        }
    }

    private String python() {
        return arguments.text("python");
    }

    private boolean hasPyTorch() throws InterruptedException {
        try {
            return new ProcessBuilder(python(), "-c", "import torch")
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        }
    }

    private String compare(String workload) {
        List<Contender> contenders = contenders(workload);
        try {
            contenders.forEach(Contender::warmUp);
            for (int round = 0; round < arguments.number("rounds"); round++) {
                contenders.forEach(Contender::repeat);
            }
        } finally {
            contenders.forEach(Contender::close);
        }
        for (int round = 0; workload.equals("cohort") && round < arguments.number("rounds"); round++) {
            contenders.forEach(Contender::repeatCold);
        }
        return RatioTable.of(workload + ", " + place(), contenders);
    }

    private String place() {
        String backend = arguments.text("backend");
        return backend.equals("cpu") ? "threads " + arguments.number("threads") : backend;
    }

    private List<Contender> contenders(String workload) {
        List<String> peers = PEERS.get(workload);
        if (peers == null) {
            throw new IllegalArgumentException("Unknown workload '" + workload + "'; known are " + PEERS.keySet());
        }
        List<Contender> all = new ArrayList<>();
        all.add(new Contender("metafusion", with(ours(), workload, arguments.text("warm-up"))));
        if (arguments.isSet("alone")) {
            return all;
        }
        String device = arguments.text("device");
        for (String peer : peers) {
            if (peer.equals(GRAPHED) && !device.equals("cuda")) {
                continue;
            }
            List<String> command =
                    List.of(python(), arguments.text("script"), "--implementation", peer, "--device", device);
            all.add(new Contender("pytorch " + peer, with(command, workload, arguments.text("peer-warm-up"))));
        }
        return all;
    }

    /** Java as the {@code fusion} command starts it. */
    private List<String> ours() {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseParallelGC",
                "--add-modules=jdk.incubator.vector",
                "-cp",
                System.getProperty("java.class.path"),
                Workloads.class.getName(),
                "--backend",
                arguments.text("backend"));
    }

    private List<String> with(List<String> command, String workload, String warmUp) {
        List<String> all = new ArrayList<>(command);
        all.addAll(List.of("--workload", workload, "--threads", arguments.text("threads"), "--warm-up", warmUp));
        if (arguments.isSet("tiny")) {
            all.add("--tiny");
        }
        return all;
    }
}
