package org.metafusion.training.representation;

/**
 * {@code X^T X} in double precision: half of what a principal component analysis costs.
 *
 * <p>Tiles of the result stay in the cache while all rows of X pass by, four rows a pass, so that each load and store of
 * a sum serves four multiplications; only the upper triangle is computed.
 */
final class CrossProducts {

    private static final int TILE_ROWS = 64;
    private static final int TILE_COLUMNS = 256;

    private CrossProducts() {}

    /** @return {@code [columns, columns]}, symmetric */
    static double[] of(double[] x, int rows, int columns) {
        double[] sums = new double[columns * columns];
        for (int i0 = 0; i0 < columns; i0 += TILE_ROWS) {
            int i1 = Math.min(columns, i0 + TILE_ROWS);
            for (int j0 = i0; j0 < columns; j0 += TILE_COLUMNS) {
                tile(x, rows, columns, sums, i0, i1, j0, Math.min(columns, j0 + TILE_COLUMNS));
            }
        }
        for (int i = 0; i < columns; i++) {
            for (int j = 0; j < i; j++) {
                sums[i * columns + j] = sums[j * columns + i];
            }
        }
        return sums;
    }

    private static void tile(double[] x, int rows, int columns, double[] sums, int i0, int i1, int j0, int j1) {
        int row = 0;
        for (; row + 4 <= rows; row += 4) {
            int x0 = row * columns;
            for (int i = i0; i < i1; i++) {
                fourRows(x, x0, columns, i, sums, i * columns, Math.max(i, j0), j1);
            }
        }
        for (; row < rows; row++) {
            for (int i = i0; i < i1; i++) {
                double a = x[row * columns + i];
                for (int j = Math.max(i, j0); j < j1; j++) {
                    sums[i * columns + j] += a * x[row * columns + j];
                }
            }
        }
    }

    private static void fourRows(double[] x, int x0, int columns, int i, double[] sums, int sum0, int from, int to) {
        int x1 = x0 + columns;
        int x2 = x1 + columns;
        int x3 = x2 + columns;
        double a0 = x[x0 + i];
        double a1 = x[x1 + i];
        double a2 = x[x2 + i];
        double a3 = x[x3 + i];
        for (int j = from; j < to; j++) {
            sums[sum0 + j] += a0 * x[x0 + j] + a1 * x[x1 + j] + a2 * x[x2 + j] + a3 * x[x3 + j];
        }
    }
}
