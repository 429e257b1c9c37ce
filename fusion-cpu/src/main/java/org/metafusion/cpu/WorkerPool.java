package org.metafusion.cpu;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A fixed set of daemon threads that run one job together with the calling thread. Hand-over spins for some tens of
 * microseconds before it parks, since a cohort's step is often shorter than waking a parked thread takes.
 */
final class WorkerPool implements AutoCloseable {

    /** What every thread runs, once a hand-over; the workers share the work out among themselves. */
    interface Job {
        void run(int worker);
    }

    private static final int SPINS = 2_000;

    private final Worker[] workers;
    private final AtomicInteger running = new AtomicInteger();
    private volatile int round;
    private volatile boolean closed;
    private volatile @Nullable Job job;
    private volatile @Nullable Thread waiting;
    private volatile @Nullable Throwable failure;

    WorkerPool(int threads) {
        workers = new Worker[threads - 1];
        for (int i = 0; i < workers.length; i++) {
            workers[i] = new Worker(i + 1);
            workers[i].start();
        }
    }

    int threads() {
        return workers.length + 1;
    }

    /** Runs the job on all threads and waits for all; the first failure of any is thrown. */
    void run(Job work) {
        failure = null;
        job = work;
        running.set(workers.length);
        round++;
        for (Worker worker : workers) {
            worker.wake();
        }
        try {
            work.run(0);
        } finally {
            await();
        }
        rethrow(failure);
    }

    private void await() {
        for (int i = 0; i < SPINS && running.get() > 0; i++) {
            Thread.onSpinWait();
        }
        if (running.get() > 0) {
            waiting = Thread.currentThread();
            while (running.get() > 0) {
                LockSupport.park(this);
            }
            waiting = null;
        }
        job = null;
    }

    private static void rethrow(@Nullable Throwable thrown) {
        if (thrown instanceof RuntimeException exception) {
            throw exception;
        }
        if (thrown instanceof Error error) {
            throw error;
        }
    }

    @Override
    public void close() {
        closed = true;
        for (Worker worker : workers) {
            LockSupport.unpark(worker);
        }
    }

    private final class Worker extends Thread {

        private final int index;
        private int seen;
        private volatile boolean parked;

        Worker(int index) {
            super("fusion-cpu-" + index);
            this.index = index;
            setDaemon(true);
        }

        void wake() {
            if (parked) {
                LockSupport.unpark(this);
            }
        }

        @Override
        public void run() {
            while (awaitRound()) {
                try {
                    Job work = job;
                    if (work != null) {
                        work.run(index);
                    }
                } catch (RuntimeException | Error thrown) {
                    failure = thrown;
                }
                if (running.decrementAndGet() == 0) {
                    LockSupport.unpark(waiting);
                }
            }
        }

        private boolean awaitRound() {
            for (int i = 0; i < SPINS && round == seen; i++) {
                Thread.onSpinWait();
            }
            while (round == seen && !closed) {
                parked = true;
                // Asked again after announcing: the other side announces its round first and then looks at `parked`.
                if (round == seen && !closed) {
                    LockSupport.park(WorkerPool.this);
                }
                parked = false;
            }
            seen = round;
            return !closed;
        }
    }
}
