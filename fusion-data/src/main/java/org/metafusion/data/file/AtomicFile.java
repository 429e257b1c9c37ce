package org.metafusion.data.file;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.OptionalLong;
import java.util.UUID;
import org.metafusion.core.FusionException;

/**
 * A file that is replaced in one step: the content goes to a temporary file beside it, is forced to the disk, and takes
 * the file's name. Whatever fails, the file that was there stays as it was and the temporary one is deleted.
 *
 * <p>A symbolic link stays a link; the file it leads to is replaced. What is no regular file, such as
 * {@code /dev/stdout}, is written to directly.
 */
public final class AtomicFile {

    /** What writes a file's content. */
    @FunctionalInterface
    public interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    private static final int BUFFER = 1 << 16;

    private final Path named;
    private final OptionalLong wanted;

    /** A file of unknown size. */
    public AtomicFile(Path file) {
        this(file, OptionalLong.empty());
    }

    /**
     * A file.
     *
     * @param wanted the bytes it will have, for the message where the disk is full
     */
    public AtomicFile(Path file, OptionalLong wanted) {
        this.named = file;
        this.wanted = wanted;
    }

    /**
     * Writes the file. Exceptions of {@code content} that are not I/O failures pass through.
     *
     * @throws FusionException if the file cannot be written, saying why
     */
    public void write(Content content) {
        Path parent = requireWritable();
        ByteCount counted = new ByteCount();
        try {
            if (Files.exists(named) && !Files.isRegularFile(named)) {
                try (OutputStream out = counted.over(Files.newOutputStream(named))) {
                    content.writeTo(out);
                }
            } else {
                Path target = Files.isSymbolicLink(named) ? named.toRealPath() : named.toAbsolutePath();
                replace(target, counted, content);
            }
        } catch (AccessDeniedException e) {
            throw new FusionException(message(notAllowed(parent)), e);
        } catch (IOException e) {
            throw new FusionException(message(reason(e, parent, counted.count())), e);
        }
    }

    /**
     * Finds out what can be known before there is content, so that long work need not end in vain.
     *
     * @return the folder it will be in
     * @throws FusionException if the file cannot be written, saying why
     */
    public Path requireWritable() {
        Path parent = parent();
        if (Files.isDirectory(named)) {
            throw failure("it is a folder; give the name of a file in it");
        }
        if (Files.exists(named) && !Files.isWritable(named)) {
            throw failure("it is there and may not be overwritten; give another name or change its permissions");
        }
        boolean isReplaced = !Files.exists(named) || Files.isRegularFile(named);
        if (isReplaced && !Files.isSymbolicLink(named) && !Files.isWritable(parent)) {
            throw failure(notAllowed(parent));
        }
        return parent;
    }

    private static String notAllowed(Path parent) {
        return "folder " + parent + " may not be written to; choose another or change its permissions";
    }

    private Path parent() {
        Path parent = named.toAbsolutePath().getParent();
        if (parent == null) {
            throw failure("it is a folder; give the name of a file in it");
        }
        if (!Files.exists(parent)) {
            throw failure("folder " + parent + " does not exist; make it with: mkdir -p " + parent);
        }
        if (!Files.isDirectory(parent)) {
            throw failure(parent + " is a file, not a folder; choose another place");
        }
        return parent;
    }

    private static void replace(Path target, ByteCount counted, Content content) throws IOException {
        Path temporary = target.resolveSibling("." + target.getFileName() + "." + UUID.randomUUID() + ".tmp");
        try {
            try (FileChannel channel =
                    FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                OutputStream out = new BufferedOutputStream(counted.over(Channels.newOutputStream(channel)), BUFFER);
                content.writeTo(out);
                out.flush();
                channel.force(true);
            }
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(temporary);
        }
        forceFolder(target);
    }

    /** The new name is safe once the folder is on the disk too; where folders cannot be opened nothing more can be done. */
    private static void forceFolder(Path target) {
        try (FileChannel folder = FileChannel.open(target.resolveSibling("."), StandardOpenOption.READ)) {
            folder.force(true);
        } catch (IOException e) {
            // The file itself is written and forced.
        }
    }

    private String reason(IOException e, Path parent, long written) {
        if (Files.exists(named) && !Files.isRegularFile(named)) {
            return cause(e) + "; give the name of a file"; // What is free beside a device says nothing of it.
        }
        String amount = wanted.isPresent() ? written + " of " + wanted.getAsLong() : Long.toString(written);
        return cause(e) + " after " + amount + " bytes; " + free(parent)
                + " bytes are free there, so make room or choose another folder";
    }

    private static String cause(IOException e) {
        String text = e instanceof FileSystemException fileSystem ? fileSystem.getReason() : e.getMessage();
        return text == null ? e.getClass().getSimpleName() : text;
    }

    private static String free(Path parent) {
        try {
            return Long.toString(Files.getFileStore(parent).getUsableSpace());
        } catch (IOException e) {
            return "an unknown number of";
        }
    }

    private String message(String reason) {
        return "Cannot write " + named + ": " + reason.replaceAll("\\s+", " ");
    }

    private FusionException failure(String reason) {
        return new FusionException(message(reason));
    }
}
