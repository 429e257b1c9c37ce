package org.metafusion.core.rows;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.UUID;
import org.metafusion.core.FusionException;

/**
 * A temporary file that rows are written to one after the other, to be read from there as {@link RowValues}.
 *
 * <p>It is deleted where it is opened, as far as the system allows that of an open file, so that nothing is left behind
 * however the program ends. It is written by calls rather than through a mapping, because a full disk is then an error that
 * can be told and not the end of the process.
 */
public final class RowFile implements AutoCloseable {

    private static final int BUFFER_BYTES = 1 << 20;
    private static final long USUAL_SEGMENT_BYTES = 1L << 30;

    private final Path folder;
    private final int width;
    private final long segmentBytes;
    private final FileChannel channel;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES).order(ByteOrder.nativeOrder());
    private int rows;

    private RowFile(Path folder, int width, long segmentBytes, FileChannel channel) {
        this.folder = folder;
        this.width = width;
        this.segmentBytes = segmentBytes;
        this.channel = channel;
    }

    /**
     * An empty file in the folder of temporary files ({@code java.io.tmpdir}).
     *
     * @param rows that are to come; there must be room for them
     * @throws FusionException if there is not, or the folder cannot be written to
     */
    public static RowFile create(int rows, int width) {
        return create(Path.of(System.getProperty("java.io.tmpdir")), rows, width, USUAL_SEGMENT_BYTES);
    }

    static RowFile create(Path folder, int rows, int width, long segmentBytes) {
        requireRoom(folder, (long) rows * width * Float.BYTES);
        Path file = folder.resolve("fusion-rows-" + UUID.randomUUID());
        try {
            FileChannel channel = FileChannel.open(
                    file,
                    StandardOpenOption.CREATE_NEW,
                    StandardOpenOption.READ,
                    StandardOpenOption.WRITE,
                    StandardOpenOption.DELETE_ON_CLOSE);
            return new RowFile(folder, width, segmentBytes, channel);
        } catch (IOException e) {
            throw unusable(folder, e);
        }
    }

    private static void requireRoom(Path folder, long bytes) {
        try {
            long free = Files.getFileStore(folder).getUsableSpace();
            if (free < bytes) {
                throw new FusionException(String.format(
                        Locale.ROOT,
                        "Features that do not lie in the heap take %.1f GB of the temporary folder %s but it has %.1f GB free;"
                                + " name another by -Djava.io.tmpdir, or give more heap with -Xmx",
                        bytes / 1e9,
                        folder,
                        free / 1e9));
            }
        } catch (IOException e) {
            throw unusable(folder, e);
        }
    }

    private static FusionException unusable(Path folder, IOException e) {
        return new FusionException(
                "The temporary folder " + folder + " cannot hold features (" + e.getMessage()
                        + "); name another by -Djava.io.tmpdir",
                e);
    }

    /**
     * Adds {@code count} rows.
     *
     * @param values {@code [count, width]} from the beginning on
     * @throws FusionException if they cannot be written, as where the disk is full
     */
    public void append(float[] values, int count) {
        int size = Math.multiplyExact(count, width);
        try {
            for (int from = 0; from < size; ) {
                int part = Math.min(size - from, BUFFER_BYTES / Float.BYTES);
                buffer.clear();
                buffer.asFloatBuffer().put(values, from, part);
                buffer.limit(part * Float.BYTES);
                while (buffer.hasRemaining()) {
                    channel.write(buffer);
                }
                from += part;
            }
        } catch (IOException e) {
            throw unusable(folder, e);
        }
        rows += count;
    }

    /** The rows added so far; the file is then complete. */
    public RowValues rows() {
        long rowBytes = (long) width * Float.BYTES;
        int perSegment = (int) Math.max(1, Math.min(Math.max(1, rows), segmentBytes / rowBytes));
        int count = (rows + perSegment - 1) / perSegment;
        FloatBuffer[] segments = new FloatBuffer[count];
        try {
            for (int s = 0; s < count; s++) {
                long first = (long) s * perSegment;
                long here = Math.min(perSegment, rows - first);
                segments[s] = channel.map(FileChannel.MapMode.READ_ONLY, first * rowBytes, here * rowBytes)
                        .order(ByteOrder.nativeOrder())
                        .asFloatBuffer();
            }
        } catch (IOException e) {
            throw unusable(folder, e);
        }
        return new FileRows(segments, perSegment, rows, width);
    }

    /** No more rows can be added; those that were asked for stay. */
    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw unusable(folder, e);
        }
    }
}
