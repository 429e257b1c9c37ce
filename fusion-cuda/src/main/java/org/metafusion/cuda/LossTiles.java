package org.metafusion.cuda;

/**
 * How {@code loss.cu} cuts a cohort's rows into tiles; the head of that file says why. All sizes here must agree with
 * those in its {@code Tiling}.
 *
 * @param units blocks that have work of their own
 * @param sharedBytes dynamic shared memory a block
 * @param partialFloats scratch for the sums of the tiles
 * @param spillFloats scratch for boards that do not fit into shared memory, 0 if they do
 */
record LossTiles(long units, int sharedBytes, long partialFloats, long spillFloats) {

    private static final long BOARD = 12_000;

    /** Of a classification of {@code students} with {@code classes}, whether or not they learn from each other. */
    static LossTiles classification(int students, int rows, int classes, boolean mutual) {
        return of(students, mutual, mutual ? classes + 7 : 2, mutual ? classes + 2 : classes, rows);
    }

    /** Of a regression with {@code outputs}. */
    static LossTiles regression(int students, int rows, int outputs, boolean mutual) {
        return of(students, mutual, mutual ? outputs + 3 : 2, outputs, rows);
    }

    /** Of two cooperating students. */
    static LossTiles cooperative(int rows, int outputs) {
        return of(1, false, 2, outputs, rows);
    }

    private static LossTiles of(int students, boolean mutual, int columns, int width, int n) {
        long cohort = mutual ? students : 1;
        int lanes = 1;
        while (lanes < width && lanes < 32) {
            lanes *= 2;
        }
        long board = cohort * columns;
        long fitting = BOARD / board;
        long rows = Math.max(1, Math.min(Launcher.BLOCK / lanes / cohort, fitting));
        long most = Math.max(8192 / students, cohort > 1 ? 256 : 1);
        long all = (n + rows - 1) / rows;
        long steps = Math.max(1, (all + most - 1) / most);
        long tiles = (all + steps - 1) / steps;
        boolean spilled = fitting == 0;
        return new LossTiles(
                students / cohort * tiles,
                spilled ? 0 : (int) (Float.BYTES * board * rows),
                2 * students * tiles,
                spilled ? n * board : 0);
    }
}
