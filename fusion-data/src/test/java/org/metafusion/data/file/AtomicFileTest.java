package org.metafusion.data.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.metafusion.core.FusionException;

final class AtomicFileTest {

    @TempDir
    Path dir;

    private static AtomicFile.Content text(String text) {
        return out -> out.write(text.getBytes(UTF_8));
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(dir)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void writesAndReplaces() throws IOException {
        Path file = dir.resolve("a.txt");
        new AtomicFile(file).write(text("one"));
        assertThat(file).hasContent("one");
        new AtomicFile(file).write(text("two"));
        assertThat(file).hasContent("two");
        assertThat(names()).containsExactly("a.txt");
    }

    @Test
    void theOldFileStaysUntilTheNewOneIsComplete() {
        Path file = dir.resolve("a.txt");
        new AtomicFile(file).write(text("one"));
        new AtomicFile(file).write(out -> {
            out.write(new byte[1_000_000]);
            assertThat(file).hasContent("one");
        });
        assertThat(file).hasSize(1_000_000);
    }

    @Test
    void aFullDiskLeavesTheOldFileAndNothingElse() throws IOException {
        Path file = dir.resolve("a.txt");
        new AtomicFile(file).write(text("one"));
        AtomicFile large = new AtomicFile(file, OptionalLong.of(500_000));
        assertThatThrownBy(() -> large.write(out -> {
                    out.write(new byte[100_000]);
                    throw new IOException("No space left on device");
                }))
                .isInstanceOf(FusionException.class)
                .hasMessageMatching("Cannot write \\Q" + file + "\\E: No space left on device after 100000 of 500000"
                        + " bytes; \\d+ bytes are free there, so make room or choose another folder");
        assertThat(file).hasContent("one");
        assertThat(names()).containsExactly("a.txt");
    }

    @Test
    void anyOtherFailurePassesThroughAndLeavesNothing() throws IOException {
        assertThatThrownBy(() -> new AtomicFile(dir.resolve("a.txt")).write(out -> {
                    out.write(1);
                    throw new IllegalStateException("mine");
                }))
                .isInstanceOf(IllegalStateException.class);
        assertThat(names()).isEmpty();
    }

    @Test
    void saysBeforehandWhetherItCanBeWrittenAndWritesNothing() throws IOException {
        assertThat(new AtomicFile(dir.resolve("a.txt")).requireWritable()).isEqualTo(dir);
        assertThat(names()).isEmpty();
        assertThatThrownBy(() -> new AtomicFile(dir).requireWritable())
                .isInstanceOf(FusionException.class)
                .hasMessage("Cannot write " + dir + ": it is a folder; give the name of a file in it");
    }

    @Test
    void complainsOfAMissingFolder() {
        Path file = dir.resolve("x").resolve("a.txt");
        assertThatThrownBy(() -> new AtomicFile(file).write(text("one")))
                .isInstanceOf(FusionException.class)
                .hasMessage("Cannot write " + file + ": folder " + dir.resolve("x")
                        + " does not exist; make it with: mkdir -p " + dir.resolve("x"));
    }

    @Test
    void complainsOfAFolderInPlaceOfAFile() {
        assertThatThrownBy(() -> new AtomicFile(dir).write(text("one")))
                .isInstanceOf(FusionException.class)
                .hasMessage("Cannot write " + dir + ": it is a folder; give the name of a file in it");
    }

    @Test
    void complainsOfAFileInPlaceOfAFolder() throws IOException {
        Path parent = Files.writeString(dir.resolve("f"), "x");
        assertThatThrownBy(() -> new AtomicFile(parent.resolve("a.txt")).write(text("one")))
                .isInstanceOf(FusionException.class)
                .hasMessage("Cannot write " + parent.resolve("a.txt") + ": " + parent
                        + " is a file, not a folder; choose another place");
    }

    @Test
    void complainsOfAFolderThatTakesNoFiles() {
        Path file = Path.of("/proc/metafusion-test.txt");
        Assumptions.assumeTrue(Files.isDirectory(Path.of("/proc/self")), "There is no /proc here");
        assertThatThrownBy(() -> new AtomicFile(file).write(text("one")))
                .isInstanceOf(FusionException.class)
                .hasMessageStartingWith("Cannot write " + file + ": ");
    }

    @Test
    void complainsOfWhatMayNotBeWritten() throws IOException {
        Path file = Files.writeString(dir.resolve("a.txt"), "one");
        Assumptions.assumeTrue(
                file.toFile().setWritable(false) && !Files.isWritable(file),
                "This user may write every file, so none can be protected");
        assertThatThrownBy(() -> new AtomicFile(file).write(text("two")))
                .isInstanceOf(FusionException.class)
                .hasMessage("Cannot write " + file
                        + ": it is there and may not be overwritten; give another name or change its permissions");
        assertThat(dir.toFile().setWritable(false)).isTrue();
        Path other = dir.resolve("b.txt");
        assertThatThrownBy(() -> new AtomicFile(other).write(text("two")))
                .isInstanceOf(FusionException.class)
                .hasMessage("Cannot write " + other + ": folder " + dir
                        + " may not be written to; choose another or change its permissions");
    }

    @Test
    void aLinkStaysALink() throws IOException {
        Path real = Files.writeString(dir.resolve("real.txt"), "one");
        Path link = Files.createSymbolicLink(dir.resolve("link.txt"), real);
        new AtomicFile(link).write(text("two"));
        assertThat(Files.isSymbolicLink(link)).isTrue();
        assertThat(real).hasContent("two");
    }

    @Test
    void aFullDeviceTellsNothingOfTheDiskItsNameIsOn() {
        Path device = Path.of("/dev/full");
        Assumptions.assumeTrue(Files.exists(device), "There is no /dev/full here");
        assertThatThrownBy(() -> new AtomicFile(device).write(text("one")))
                .isInstanceOf(FusionException.class)
                .hasMessageStartingWith("Cannot write /dev/full: ")
                .hasMessageEndingWith("; give the name of a file");
    }

    @Test
    void aDeviceIsWrittenToDirectly() {
        Path device = Path.of("/dev/null");
        Assumptions.assumeTrue(Files.exists(device), "There is no /dev/null here");
        new AtomicFile(device).write(text("one"));
        assertThat(Files.isRegularFile(device)).isFalse();
    }
}
