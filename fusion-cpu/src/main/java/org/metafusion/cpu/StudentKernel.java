package org.metafusion.cpu;

/** What a queued call does for one student; it touches no other student's matrices but those it declared. */
@FunctionalInterface
interface StudentKernel {

    void run(Call call, int student, Workspace workspace);
}
