package org.metafusion.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.metafusion.core.FusionException;
import org.metafusion.core.tensor.Availability;
import org.metafusion.core.tensor.BackendConfig;
import org.metafusion.core.tensor.BackendProvider;

/** What the provider says where there is no card; none of this may throw, or crash the JVM. */
final class CudaBackendProviderTest {

    private final BackendProvider provider = new CudaBackendProvider();

    @Test
    void isFoundByTheServiceLoader() {
        assertThat(ServiceLoader.load(BackendProvider.class)).hasAtLeastOneElementOfType(CudaBackendProvider.class);
    }

    @Test
    void sayInOneLineWhatIsMissingAndHowToMendIt() {
        Availability found = provider.probe();
        assumeFalse(found.usable(), "this machine has a card");

        assertThat(List.of(found.reason(), CudaDriver.ask().reason()))
                .allSatisfy(reason -> assertThat(reason)
                        .hasLineCount(1)
                        .contains("NVIDIA driver")
                        .containsAnyOf("install", "see nvidia-smi"));
    }

    @Test
    void asksAgainWithTheSameAnswer() {
        assertThat(provider.probe()).isEqualTo(provider.probe());
    }

    @Test
    void openingWithoutACardIsRefusedWithTheReason() {
        Availability found = provider.probe();
        assumeFalse(found.usable(), "this machine has a card");

        assertThatThrownBy(() -> provider.open(BackendConfig.DEFAULT))
                .isInstanceOf(FusionException.class)
                .hasMessage("cuda: " + found.reason());
    }

    @Test
    void probingLeavesNoUnpackedLibrariesBehind() throws IOException {
        CudaDriver.ask();

        try (Stream<Path> left = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            assertThat(left.filter(path -> path.getFileName().toString().startsWith("metafusion-cuda")))
                    .isEmpty();
        }
    }

    /** JCuda takes a file of the right name in the temporary folder for its library; a broken one crashes the JVM. */
    @Test
    void aBrokenLibraryInTheTemporaryFolderDoesNoHarm(@TempDir Path temporary) throws IOException {
        for (String library : List.of("JCudaRuntime", "JCudaDriver", "JCublas2")) {
            Files.writeString(temporary.resolve("lib" + library + "-12.6.0-linux-x86_64.so"), "broken");
        }
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();

        String printed = Compiler.run(List.of(
                java,
                "-Djava.io.tmpdir=" + temporary,
                "-cp",
                System.getProperty("java.class.path"),
                ProbeMain.class.getName()));

        // Newer Javas warn of native access first.
        assertThat(printed.trim()).endsWith(CudaDriver.ask().toString());
    }

    /** Prints what the probe finds. */
    static final class ProbeMain {
        public static void main(String[] arguments) {
            System.out.println(CudaDriver.ask());
        }
    }

    @Test
    void addressesAreBasePlusOffset() {
        assertThat(new Address(0x7f12_3456_7890L).value()).isEqualTo(0x7f12_3456_7890L);
        assertThat(new Address(0).value()).isZero();
    }
}
