package org.metafusion.cuda;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * Loads JCuda's native libraries safely. JCuda unpacks them to a fixed name in the temporary folder unless a file of that
 * name is there, so a file that another process is still writing, or left unfinished, would be loaded and crash the JVM.
 * Here each process unpacks into a fresh folder of its own, which is deleted again: a loaded library needs no file.
 */
final class Natives {

    private static final String TEMPORARY = "java.io.tmpdir";

    private Natives() {}

    /** Runs what makes JCuda load a library. */
    static synchronized void load(Runnable loading) {
        String before = System.getProperty(TEMPORARY);
        Path own = null;
        try {
            own = Files.createTempDirectory("metafusion-cuda");
            System.setProperty(TEMPORARY, own.toString());
            loading.run();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make a folder in " + before + " to unpack native libraries", e);
        } finally {
            System.setProperty(TEMPORARY, before);
            delete(own);
        }
    }

    private static void delete(@org.jspecify.annotations.Nullable Path folder) {
        if (folder == null) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            // What cannot be deleted (Windows locks loaded libraries) stays in the temporary folder.
            folder.toFile().deleteOnExit();
        }
    }
}
