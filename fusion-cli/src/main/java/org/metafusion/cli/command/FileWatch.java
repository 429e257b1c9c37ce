package org.metafusion.cli.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.Optional;

/**
 * Looks whether a file has changed. By asking again and again, since notices of the operating system do not come from
 * network disks or into containers.
 */
final class FileWatch {

    private final Path file;
    private Optional<Stamp> seen;

    private record Stamp(FileTime modified, long size) {}

    private FileWatch(Path file) {
        this.file = file;
        this.seen = stamp();
    }

    /** Runs {@code changed} after each change, on a thread that does not keep the process alive. */
    static void every(Duration pause, Path file, Runnable changed) {
        FileWatch watch = new FileWatch(file);
        Thread thread = new Thread(() -> watch.run(pause, changed), "fusion-watch");
        thread.setDaemon(true);
        thread.start();
    }

    private void run(Duration pause, Runnable changed) {
        try {
            while (true) {
                Thread.sleep(pause.toMillis());
                Optional<Stamp> now = stamp();
                if (now.isPresent() && !now.equals(seen)) {
                    seen = now;
                    changed.run();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Optional<Stamp> stamp() {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return Optional.of(new Stamp(attributes.lastModifiedTime(), attributes.size()));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
