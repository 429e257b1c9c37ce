package org.metafusion.cuda;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.metafusion.core.tensor.Availability;

/**
 * Times every kernel on a card, beside the card's own copy in the same run, and prints a table. Operands are several times
 * the size of the second-level cache, so that they come from memory; what a kernel has to move is written above it in its
 * source. {@code gpu-check.sh} calls this.
 */
final class KernelTimes {

    private static final int ROUNDS = 7;
    private static final long LEAST_BYTES = 64L << 20;
    private static final int TIMES_THE_CACHE = 4;

    private final DeviceCopy copy;
    private final double secondsARound;

    /** @param secondsARound how long a kernel is repeated before the host waits; seven rounds are made */
    KernelTimes(DeviceCopy copy, double secondsARound) {
        this.copy = copy;
        this.secondsARound = secondsARound;
    }

    /**
     * A call to be timed.
     *
     * @param bytes read and written at least
     */
    record Timed(String name, long bytes, Runnable call) {}

    /** How long a call took: the median of all rounds. */
    record Row(String name, long bytes, double seconds) {
        double gigabytesASecond() {
            return bytes / seconds / 1e9;
        }
    }

    /** Exits with 2 and a line on standard error if there is no card. */
    public static void main(String[] arguments) {
        Availability found = new CudaBackendProvider().probe();
        if (!found.usable()) {
            System.err.println("gpu-check: " + found.reason());
            System.exit(2);
        }
        JCudaDevice device = new JCudaDevice();
        try (CudaBackend backend = new CudaBackend(device)) {
            long bytes = Math.max(LEAST_BYTES, TIMES_THE_CACHE * DeviceCopy.cacheBytes());
            System.out.println(device.name() + ", " + device.detail());
            System.out.println(new KernelTimes(new DeviceCopy(), 0.05).table(backend, bytes));
        }
    }

    /** Measures everything on operands of about so many bytes. */
    String table(CudaBackend backend, long bytes) {
        List<Row> rows = new ArrayList<>();
        rows.add(copy.on(backend, bytes, this::measure));
        new KernelCases(backend, bytes).each(timed -> rows.add(measure(timed)));
        return format(rows);
    }

    private Row measure(Timed timed) {
        timed.call.run();
        long calls = 1;
        double seconds = repeat(timed, calls);
        while (seconds < secondsARound && calls < 1 << 20) {
            calls *= 2;
            seconds = repeat(timed, calls);
        }
        double[] rounds = new double[ROUNDS];
        for (int i = 0; i < ROUNDS; i++) {
            rounds[i] = repeat(timed, calls) / calls;
        }
        Arrays.sort(rounds);
        return new Row(timed.name, timed.bytes, rounds[ROUNDS / 2]);
    }

    private double repeat(Timed timed, long calls) {
        copy.await();
        long start = System.nanoTime();
        for (long i = 0; i < calls; i++) {
            timed.call.run();
        }
        copy.await();
        return (System.nanoTime() - start) / 1e9;
    }

    /** @param rows the first is the copy, the measure of all others */
    static String format(List<Row> rows) {
        StringBuilder table = new StringBuilder(
                String.format(Locale.ROOT, "%-32s %10s %12s %10s %10s%n", "kernel", "MB", "us", "GB/s", "of copy %"));
        double copy = rows.get(0).gigabytesASecond();
        for (Row row : rows) {
            table.append(String.format(
                    Locale.ROOT,
                    "%-32s %10.1f %12.1f %10.1f %10.1f%n",
                    row.name,
                    row.bytes / 1e6,
                    row.seconds * 1e6,
                    row.gigabytesASecond(),
                    100 * row.gigabytesASecond() / copy));
        }
        return table.toString();
    }
}
