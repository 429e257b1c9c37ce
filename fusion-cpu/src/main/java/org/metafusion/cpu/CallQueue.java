package org.metafusion.cpu;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.metafusion.core.tensor.Members;
import org.metafusion.core.tensor.OptimizerKernels.ParameterLayout;
import org.metafusion.core.tensor.checked.Access;

/*
 * The trick of this backend: calls are queued, not run, and the queue is run student by student.
 *
 * Students are independent of each other in every kernel but the mutual loss. Run call by call, a step would sweep the
 * weights and activations of the whole cohort through the caches once a kernel, and would hand work to the threads once
 * a kernel, too. Instead a thread takes one student and runs everything queued for it, in order: forward pass, loss,
 * backward pass and optimiser of a student stay in that core's second-level cache, and a training step costs one
 * hand-over. A student's calls always run in order on one thread, so the bits do not depend on the number of threads.
 *
 * The queue is run ("flushed") when somebody looks (download, synchronize), when data comes in (upload, gather, fill),
 * and when a call would meet another student's work: it reads across students what queued calls write, or writes what
 * queued calls read across students. The mutual loss is two calls of which the second reads all students' outputs, so
 * the barrier between them follows from that same rule.
 */
/** The queued calls and how they are run; see the comment above. */
final class CallQueue implements WorkerPool.Job {

    /** Less estimated work than this (some 20 us) is not worth a hand-over. */
    private static final long WORTH_SHARING = 400_000;

    /** Rows of shared matrices that are computed at once, on one thread or several, so that the bits are the same. */
    private static final int ROWS_AT_ONCE = 64;

    private final CpuBackend backend;
    private final WorkerPool pool;
    private final Workspace[] workspaces;
    private final List<Call> calls = new ArrayList<>();
    private final AtomicInteger next = new AtomicInteger();
    private final RowBlocks blocks = new RowBlocks();
    private int queued;
    private long round;
    private long[] costs = new long[0];
    private int[] order = new int[0];
    private int active;

    CallQueue(CpuBackend backend, WorkerPool pool, Workspace[] workspaces) {
        this.backend = backend;
        this.pool = pool;
        this.workspaces = workspaces;
        calls.add(new Call(backend));
    }

    /** A call to fill in; it is not queued before {@link #submit}. */
    Call begin(String operation) {
        backend.requireUsable();
        Call call = calls.get(queued);
        call.begin(operation);
        return call;
    }

    /** Queues the call that was begun last. */
    void submit(StudentKernel kernel, long cost) {
        Call call = calls.get(queued);
        call.kernel = kernel;
        call.cost = cost;
        if (claimParts(call) || call.students().isShared()) {
            runAlone(call);
            return;
        }
        if (meetsQueuedWork(call)) {
            call = flushBefore(call);
        }
        if (marks(call)) {
            runAlone(call);
            return;
        }
        queued++;
        if (queued == calls.size()) {
            calls.add(new Call(backend));
        }
    }

    /** Runs the call that was begun last, one of shared matrices, at once: its rows are shared out among the threads. */
    void runByRows(RowsKernel kernel, int rows, long cost) {
        Call call = calls.get(queued);
        if (queued > 0) {
            call = flushBefore(call);
        }
        try {
            blocks.run(call, kernel, rows, cost);
        } finally {
            call.clear();
            round++;
        }
    }

    /** A call of shared matrices, some rows at a time. */
    private final class RowBlocks implements WorkerPool.Job {

        private @Nullable Call call;
        private @Nullable RowsKernel kernel;
        private int rows;

        void run(Call what, RowsKernel how, int many, long cost) {
            call = what;
            kernel = how;
            rows = many;
            next.set(0);
            if (pool.threads() == 1 || rows <= ROWS_AT_ONCE || cost < WORTH_SHARING) {
                run(0);
            } else {
                pool.run(this);
            }
            call = null;
            kernel = null;
        }

        @Override
        public void run(int worker) {
            int from = next.getAndAdd(ROWS_AT_ONCE);
            while (from < rows && call != null && kernel != null) {
                kernel.run(call, from, Math.min(rows, from + ROWS_AT_ONCE), workspaces[worker]);
                from = next.getAndAdd(ROWS_AT_ONCE);
            }
        }
    }

    /** Whether a buffer of the call is entangled, after the parts the call itself names are claimed. */
    private static boolean claimParts(Call call) {
        boolean entangled = false;
        ParameterLayout layout = call.layout();
        for (int i = 0; i < call.count(); i++) {
            Storage storage = call.operand(i).storage();
            if (layout != null) {
                storage.claim(layout);
            }
            entangled |= storage.claims().entangled();
        }
        return entangled;
    }

    private boolean meetsQueuedWork(Call call) {
        for (int i = 0; i < call.count(); i++) {
            Storage storage = call.operand(i).storage();
            if (readsAcross(call, i) ? storage.isWrittenIn(round) : writes(call, i) && storage.isReadAcrossIn(round)) {
                return true;
            }
        }
        return false;
    }

    /** Notes what the call does; true if it meets its own work, so that its students must take turns. */
    private boolean marks(Call call) {
        boolean meetsItself = false;
        for (int i = 0; i < call.count(); i++) {
            if (writes(call, i)) {
                call.operand(i).storage().markWritten(round);
            }
        }
        for (int i = 0; i < call.count(); i++) {
            if (readsAcross(call, i)) {
                call.operand(i).storage().markReadAcross(round);
                meetsItself |= call.operand(i).storage().isWrittenIn(round);
            }
        }
        return meetsItself;
    }

    private static boolean writes(Call call, int index) {
        return call.access(index).writes();
    }

    private static boolean readsAcross(Call call, int index) {
        Access access = call.access(index);
        return access == Access.READ_ALL
                || (access == Access.READ && call.operand(index).members().isShared());
    }

    /** Runs what is queued before this call, which then becomes the first of the next round. */
    private Call flushBefore(Call call) {
        int at = queued;
        calls.set(at, calls.get(0));
        try {
            flush();
        } finally {
            calls.set(0, call);
        }
        return call;
    }

    private void runAlone(Call call) {
        int at = queued;
        if (at > 0) {
            flushBefore(call);
        }
        try {
            Members students = call.students();
            for (int i = 0; i < students.count(); i++) {
                run(call, students.student(i), workspaces[0]);
            }
        } finally {
            call.clear();
            round++;
        }
    }

    private static void run(Call call, int student, Workspace workspace) {
        StudentKernel kernel = call.kernel;
        if (kernel != null) {
            kernel.run(call, student, workspace);
        }
    }

    /** Runs everything queued and waits for it. */
    void flush() {
        if (queued == 0) {
            return;
        }
        long total = estimate();
        try {
            if (active < 2 || pool.threads() == 1 || total < WORTH_SHARING) {
                for (int i = 0; i < active; i++) {
                    runStudent(order[i], workspaces[0]);
                }
            } else {
                next.set(0);
                pool.run(this);
            }
        } finally {
            for (int i = 0; i < queued; i++) {
                calls.get(i).clear();
            }
            queued = 0;
            round++;
        }
    }

    /** Adds up each student's work and sorts the students that have any, the longest first. */
    private long estimate() {
        Arrays.fill(costs, 0);
        long total = 0;
        for (int c = 0; c < queued; c++) {
            Call call = calls.get(c);
            grow(call.students().bound());
            for (int i = 0; i < call.students().count(); i++) {
                costs[call.students().student(i)] += call.cost + 1;
            }
            total += call.cost * call.students().count();
        }
        active = 0;
        for (int student = 0; student < costs.length; student++) {
            if (costs[student] > 0) {
                insert(student);
            }
        }
        return total;
    }

    private void grow(int students) {
        if (students > costs.length) {
            costs = Arrays.copyOf(costs, students);
            order = new int[students];
        }
    }

    private void insert(int student) {
        int at = active++;
        while (at > 0 && costs[order[at - 1]] < costs[student]) {
            order[at] = order[at - 1];
            at--;
        }
        order[at] = student;
    }

    @Override
    public void run(int worker) {
        int i = next.getAndIncrement();
        while (i < active) {
            runStudent(order[i], workspaces[worker]);
            i = next.getAndIncrement();
        }
    }

    private void runStudent(int student, Workspace workspace) {
        for (int i = 0; i < queued; i++) {
            Call call = calls.get(i);
            if (call.students().indexOf(student) >= 0) {
                run(call, student, workspace);
            }
        }
    }
}
