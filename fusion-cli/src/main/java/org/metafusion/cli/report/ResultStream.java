package org.metafusion.cli.report;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.metafusion.core.FusionException;

/**
 * A stream of results, UTF-8, that knows why it could not be written to, which a {@link PrintStream} keeps to itself.
 * That its reader went away, as {@code head} does, is no failure: it has what it wanted.
 */
public final class ResultStream extends PrintStream {

    /** Remembers the first failure. */
    private static final class Watched extends FilterOutputStream {

        private Optional<IOException> failure = Optional.empty();

        Watched(OutputStream out) {
            super(out);
        }

        @Override
        public void write(int value) throws IOException {
            write(new byte[] {(byte) value}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int count) throws IOException {
            try {
                out.write(bytes, from, count);
            } catch (IOException e) {
                failure = failure.or(() -> Optional.of(e));
                throw e;
            }
        }

        @Override
        public void flush() throws IOException {
            try {
                out.flush();
            } catch (IOException e) {
                failure = failure.or(() -> Optional.of(e));
                throw e;
            }
        }
    }

    private final Watched watched;
    private final boolean isPipe;

    private ResultStream(Watched watched, boolean isPipe) {
        super(watched, false, StandardCharsets.UTF_8);
        this.watched = watched;
        this.isPipe = isPipe;
    }

    /**
     * A stream into another.
     *
     * @param isPipe whether it is known to be a pipe, whose only failure is that nobody reads it any more
     */
    public static ResultStream of(OutputStream out, boolean isPipe) {
        return new ResultStream(new Watched(out), isPipe);
    }

    /** The standard output of this process. */
    static ResultStream ofProcess() {
        return of(new FileOutputStream(FileDescriptor.out), isPipe(Path.of("/proc/self/fd/1")));
    }

    private static boolean isPipe(Path descriptor) {
        try {
            String what = Files.readSymbolicLink(descriptor).toString();
            return what.startsWith("pipe:") || what.startsWith("socket:");
        } catch (IOException | UnsupportedOperationException e) {
            return false; // Then the failure's words have to do.
        }
    }

    /**
     * Hands over what is still here.
     *
     * @throws FusionException if it could not all be written and there is someone who misses it
     */
    public void requireWritten() {
        flush();
        watched.failure.filter(failure -> !isClosed(failure)).ifPresent(failure -> {
            throw new FusionException(
                    "Cannot write to standard output: " + failure.getMessage()
                            + "; what is there is not all of it, so make room or choose another place",
                    failure);
        });
    }

    private boolean isClosed(IOException failure) {
        return isPipe
                || String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT).contains("pipe");
    }
}
