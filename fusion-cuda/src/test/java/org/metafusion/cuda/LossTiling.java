package org.metafusion.cuda;

/**
 * How the loss kernels cut the rows of a cohort, and what they need for it: the formulas at the head of {@code loss.cu}.
 *
 * @param cohort the students that share a block
 * @param cohorts of these
 * @param columns floats of one student's row on the board
 * @param rows of a step
 * @param tiles of a cohort
 */
record LossTiling(int cohort, int cohorts, int columns, int rows, int tiles) {

    private static final int BOARD = 12000;

    static LossTiling classification(int students, int n, int k, boolean mutual) {
        return of(mutual ? students : 1, mutual ? 1 : students, mutual ? k + 7 : 2, mutual ? k + 2 : k, n);
    }

    static LossTiling regression(int students, int n, int k, boolean mutual) {
        return of(mutual ? students : 1, mutual ? 1 : students, mutual ? k + 3 : 2, k, n);
    }

    static LossTiling cooperative(int n, int k) {
        return of(1, 1, 2, k, n);
    }

    private static LossTiling of(int cohort, int cohorts, int columns, int width, int n) {
        int lanes = 1;
        while (lanes < width && lanes < 32) {
            lanes *= 2;
        }
        long row = (long) cohort * columns;
        int rows = (int) Math.max(1, Math.min(256 / lanes / cohort, BOARD / row));
        int most = Math.max(8192 / (cohort * cohorts), cohort > 1 ? 256 : 1);
        int all = (n + rows - 1) / rows;
        int steps = Math.max(1, (all + most - 1) / most);
        return new LossTiling(cohort, cohorts, columns, rows, (all + steps - 1) / steps);
    }

    boolean spills() {
        return (long) cohort * columns > BOARD;
    }

    int sharedBytes() {
        return spills() ? 0 : 4 * cohort * columns * rows;
    }

    /** Blocks that have something to do. */
    int units() {
        return cohorts * tiles;
    }

    int partialFloats() {
        return 2 * cohort * cohorts * tiles;
    }

    long spillFloats(int n) {
        return spills() ? (long) n * cohort * columns : 0;
    }
}
