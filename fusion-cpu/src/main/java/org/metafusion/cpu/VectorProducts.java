package org.metafusion.cpu;

import java.util.Arrays;

/**
 * Products on the Vector API: {@code b} is packed into panels of a tile's width, {@link VectorTiles} keep a tile of
 * {@code c} in registers. Loaded by name only, where module {@code jdk.incubator.vector} is there.
 *
 * <p>Panels are as wide as the registers allow; the last is 1, 2 or 4 vectors, whichever is the narrowest that holds the
 * rest, padded with zeros. Tiles that reach over an edge of {@code c} are computed beside it and copied.
 */
final class VectorProducts implements MatrixProducts {

    private static final int LANES = VectorTiles.LANES;
    /** 6 x 4 vectors need 32 registers, which 512-bit machines have; with 16 registers it is 6 x 2. */
    private static final int WIDE = LANES >= 16 ? 4 : 2;
    /** A panel of {@code b} of this depth stays in the second-level cache, and so does a block of {@code a}. */
    private static final int DEPTH = 512;

    private static final int ROWS = 120;

    private final VectorTiles.Tile tile = new VectorTiles.Tile();
    private final float[] edge = new float[8 * 4 * LANES];
    private float[] packed = new float[0];

    static String describe() {
        return LANES * Float.SIZE + " bit vectors, tiles of 6 x " + WIDE * LANES;
    }

    @Override
    public void multiplyAdd(Product p) {
        tile.aRow = p.inner;
        tile.aStep = 1;
        run(p, false, true);
    }

    @Override
    public void leftTransposed(Product p) {
        tile.aRow = 1;
        tile.aStep = p.rows;
        run(p, false, false);
    }

    @Override
    public void rightTransposed(Product p) {
        tile.aRow = p.inner;
        tile.aStep = 1;
        run(p, true, false);
    }

    private void run(Product p, boolean bTransposed, boolean accumulate) {
        if (p.inner == 0 && !accumulate) {
            Arrays.fill(p.c, p.cAt, p.cAt + p.rows * p.cols, 0f);
        }
        for (int k = 0; k < p.inner; k += DEPTH) {
            tile.depth = Math.min(DEPTH, p.inner - k);
            tile.accumulate = accumulate || k > 0;
            pack(p, k, bTransposed);
            for (int row = 0; row < p.rows; row += ROWS) {
                runRows(p, k, row, Math.min(p.rows, row + ROWS));
            }
        }
    }

    private static int panel(int left) {
        int vectors = (left + LANES - 1) / LANES;
        return LANES * (vectors >= WIDE ? WIDE : vectors == 3 ? 4 : vectors);
    }

    private void pack(Product p, int k, boolean bTransposed) {
        int size = tile.depth * (p.cols + WIDE * LANES);
        if (packed.length < size) {
            packed = new float[size];
        }
        int to = 0;
        for (int col = 0; col < p.cols; ) {
            int width = panel(p.cols - col);
            int used = Math.min(width, p.cols - col);
            if (bTransposed) {
                packTransposed(p, p.bAt + col * p.inner + k, to, width, used);
            } else {
                packRows(p, p.bAt + k * p.cols + col, to, width, used);
            }
            to += width * tile.depth;
            col += width;
        }
    }

    private void packRows(Product p, int from, int to, int width, int used) {
        for (int k = 0; k < tile.depth; k++) {
            System.arraycopy(p.b, from + k * p.cols, packed, to + k * width, used);
            if (used < width) {
                Arrays.fill(packed, to + k * width + used, to + (k + 1) * width, 0f);
            }
        }
    }

    private void packTransposed(Product p, int from, int to, int width, int used) {
        float[] b = p.b;
        int depth = tile.depth;
        for (int j = 0; j < used; j++) {
            int at = from + j * p.inner;
            for (int k = 0; k < depth; k++) {
                packed[to + k * width + j] = b[at + k];
            }
        }
        for (int k = 0; k < depth && used < width; k++) {
            Arrays.fill(packed, to + k * width + used, to + (k + 1) * width, 0f);
        }
    }

    private void runRows(Product p, int k, int fromRow, int toRow) {
        tile.a = p.a;
        tile.b = packed;
        tile.bAt = 0;
        for (int col = 0; col < p.cols; ) {
            int width = panel(p.cols - col);
            int used = Math.min(width, p.cols - col);
            int height = width == LANES ? 8 : 6;
            for (int row = fromRow; row < toRow; row += height) {
                tile.rows = Math.min(height, toRow - row);
                tile.aAt = p.aAt + row * tile.aRow + k * tile.aStep;
                int cAt = p.cAt + row * p.cols + col;
                if (used == width && tile.rows == height) {
                    tile.c = p.c;
                    tile.cAt = cAt;
                    tile.cRow = p.cols;
                    compute(width);
                } else {
                    computeEdge(p, cAt, width, used);
                }
            }
            tile.bAt += width * tile.depth;
            col += width;
        }
    }

    private void compute(int width) {
        if (width == LANES) {
            VectorTiles.eightByOne(tile);
        } else if (width == 2 * LANES) {
            VectorTiles.sixByTwo(tile);
        } else {
            VectorTiles.sixByFour(tile);
        }
    }

    private void computeEdge(Product p, int cAt, int width, int used) {
        boolean accumulate = tile.accumulate;
        tile.c = edge;
        tile.cAt = 0;
        tile.cRow = width;
        tile.accumulate = false;
        compute(width);
        tile.accumulate = accumulate;
        for (int row = 0; row < tile.rows; row++) {
            int to = cAt + row * p.cols;
            int from = row * width;
            if (accumulate) {
                for (int j = 0; j < used; j++) {
                    p.c[to + j] += edge[from + j];
                }
            } else {
                System.arraycopy(edge, from, p.c, to, used);
            }
        }
    }
}
