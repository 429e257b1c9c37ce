package org.metafusion.cuda;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.metafusion.cuda.KernelTimes.Row;

/** The table of a card's kernel times, made where there is no card. */
final class KernelTimesTest {

    /** A copy that takes its time and copies nothing. */
    private static final class NoCopy extends DeviceCopy {
        @Override
        void copy(long to, long from, long bytes) {}

        @Override
        void await() {}
    }

    @Test
    void everyKernelOfTheHostCodeIsInTheTable() {
        CpuDevice device = new CpuDevice();
        try (CudaBackend backend = new CudaBackend(device)) {
            List<String> lines = new KernelTimes(new NoCopy(), 0)
                    .table(backend, 20_000)
                    .lines()
                    .toList();

            assertThat(lines.get(1)).startsWith("device-to-device copy ");
            Stream.of(Kernel.values())
                    .filter(kernel -> !kernel.name().startsWith("COOPERATIVE"))
                    .filter(kernel -> kernel != Kernel.INVERSE_ROWS)
                    .map(kernel -> kernel.symbol().replace("_f32", ""))
                    .forEach(name -> assertThat(lines).anyMatch(line -> line.startsWith(name + " ")));
        }
        assertThat(device.held()).isZero();
    }

    @Test
    void sharesAreOfTheCopy() {
        String table = KernelTimes.format(
                List.of(new Row("device-to-device copy", 200_000_000, 1e-4), new Row("relu", 80_000_000, 5e-5)));

        assertThat(table).isEqualTo("""
                kernel                                   MB           us       GB/s  of copy %
                device-to-device copy                 200.0        100.0     2000.0      100.0
                relu                                   80.0         50.0     1600.0       80.0
                """);
    }

    @Test
    void testsRunWithoutMaven() {
        assertThat(CardTests.run(TableTest.class.getName())).isTrue();
        assertThat(CardTests.run()).as("nothing ran").isFalse();
    }

    @Test
    void withoutACardTheProgramSaysSoAndEndsWithTwo() throws Exception {
        if (new CudaBackendProvider().probe().usable()) {
            return;
        }
        for (String main : List.of(KernelTimes.class.getName(), CardTests.class.getName())) {
            Process process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-cp",
                            System.getProperty("java.class.path"),
                            main)
                    .redirectErrorStream(true)
                    .start();
            String printed =
                    new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);

            assertThat(process.waitFor()).isEqualTo(2);
            assertThat(printed).hasLineCount(1).startsWith("gpu-check: ").contains("NVIDIA driver");
        }
    }
}
