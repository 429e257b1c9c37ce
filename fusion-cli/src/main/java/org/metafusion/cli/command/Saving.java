package org.metafusion.cli.command;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/** The writing of result files, which an end of the process waits for, so that Ctrl-C leaves no temporary file behind. */
public final class Saving {

    private static final long PATIENCE_SECONDS = 10;

    private final ReentrantLock lock = new ReentrantLock();

    /** Writes; not begun once the process is ending. */
    void run(Runnable writing) {
        lock.lock();
        try {
            writing.run();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until nothing is being written and lets nothing more be; for a shutdown hook. */
    public void await() {
        try {
            if (!lock.tryLock(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                return; // A disk that slow is not waited for any longer.
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
