package org.metafusion.cpu;

/** What an operation does for some rows of matrices that all students share. */
interface RowsKernel {

    void run(Call call, int fromRow, int toRow, Workspace workspace);
}
