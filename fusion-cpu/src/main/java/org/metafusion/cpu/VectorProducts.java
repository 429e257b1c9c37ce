package org.metafusion.cpu;

import java.util.Arrays;

/**
 * Products on the Vector API, tile by tile ({@link VectorTiles}). Loaded by name only, where module
 * {@code jdk.incubator.vector} is there.
 *
 * <p>The columns of {@code c} are cut into panels of 4 vectors, then 2, then 1, the last with unused lanes. {@code b} is
 * read where it lies, which is faster than packing it by the packing; it is packed where it is transposed, where its
 * rows are so far apart that they share few cache sets, and where reading whole vectors would leave its array.
 */
final class VectorProducts implements MatrixProducts {

    private static final int LANES = VectorTiles.LANES;
    /** 4 x 4 vectors take 21 of the 32 registers of 512-bit machines; with 16 registers it is 4 x 2. */
    private static final int WIDE = LANES * (LANES >= 16 ? 4 : 2);
    /** A panel of {@code b} and a block of {@code a} of these sizes stay in the second-level cache. */
    private static final int DEPTH = 512;

    /** Rows of a block, a multiple of both tile heights. */
    private static final int BLOCK = 120;

    private static final int FAR_APART = 512;

    private final VectorTiles.Tile tile = new VectorTiles.Tile();
    private final float[] aside = new float[Math.max(VectorTiles.ROWS * WIDE, VectorTiles.NARROW_ROWS * LANES)];
    private final VectorElementwise elementwise = new VectorElementwise();
    private float[] packed = new float[0];
    private float[] padded = new float[0];
    private int aRow;
    private int aStep;
    private boolean bTransposed;

    static String describe() {
        return LANES * Float.SIZE + " bit vectors, tiles of " + VectorTiles.ROWS + " x " + WIDE;
    }

    @Override
    public void multiplyAdd(Product p) {
        aRow = p.inner;
        aStep = 1;
        bTransposed = false;
        run(p);
    }

    @Override
    public void leftTransposed(Product p) {
        aRow = 1;
        aStep = p.rows;
        bTransposed = false;
        Arrays.fill(p.c, p.cAt, p.cAt + p.rows * p.cols, 0f);
        run(p);
    }

    @Override
    public void rightTransposed(Product p) {
        aRow = p.inner;
        aStep = 1;
        bTransposed = true;
        Arrays.fill(p.c, p.cAt, p.cAt + p.rows * p.cols, 0f);
        run(p);
    }

    private void run(Product p) {
        for (int k = 0; k < p.inner; k += DEPTH) {
            tile.depth = Math.min(DEPTH, p.inner - k);
            pack(p, k);
            for (int row = 0; row < p.rows; row += BLOCK) {
                runRows(p, k, row, Math.min(p.rows, row + BLOCK));
            }
        }
    }

    /** The width of the panel at the left of so many columns. */
    private static int width(int columns) {
        return columns >= WIDE ? WIDE : columns >= 2 * LANES ? 2 * LANES : LANES;
    }

    private boolean isRead(Product p, int k, int col, int width) {
        boolean isNear = p.cols <= FAR_APART || p.rows <= VectorTiles.ROWS;
        int last = p.bAt + (k + tile.depth - 1) * p.cols + col;
        return !bTransposed && isNear && last + width <= p.b.length;
    }

    /** Packs panels that are not read where they lie: {@code [depth, width]}, one after the other. */
    private void pack(Product p, int k) {
        int width;
        for (int col = 0; col < p.cols; col += width) {
            width = width(p.cols - col);
            int used = Math.min(width, p.cols - col);
            if (isRead(p, k, col, width)) {
                continue;
            }
            if (packed.length < tile.depth * (p.cols + LANES)) {
                packed = new float[tile.depth * (p.cols + LANES)];
            }
            if (bTransposed) {
                packTransposed(p, p.bAt + col * p.inner + k, col * tile.depth, width, used);
            } else {
                packRows(p, p.bAt + k * p.cols + col, col * tile.depth, width, used);
            }
        }
    }

    private void packRows(Product p, int from, int to, int width, int used) {
        for (int k = 0; k < tile.depth; k++) {
            System.arraycopy(p.b, from + k * p.cols, packed, to + k * width, used);
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
    }

    private void runRows(Product p, int k, int fromRow, int toRow) {
        int width;
        for (int col = 0; col < p.cols; col += width) {
            width = width(p.cols - col);
            int height = width == LANES ? VectorTiles.NARROW_ROWS : VectorTiles.ROWS;
            boolean isRead = isRead(p, k, col, width);
            tile.b = isRead ? p.b : packed;
            tile.bAt = isRead ? p.bAt + k * p.cols + col : col * tile.depth;
            tile.bStep = isRead ? p.cols : width;
            tile.used = Math.min(width, p.cols - col);
            for (int row = fromRow; row < toRow; row += height) {
                int rows = Math.min(height, toRow - row);
                placeRows(p, k, row, rows, height);
                compute(p, row, col, width, rows == height);
            }
        }
    }

    /** Rows that are too few for a tile are the last of a full one, or, where there is none, have zeros before them. */
    private void placeRows(Product p, int k, int row, int rows, int height) {
        int before = height - rows;
        tile.a = p.a;
        tile.aRow = aRow;
        tile.aStep = aStep;
        tile.aAt = p.aAt + (row - before) * aRow + k * aStep;
        if (row >= before) {
            return;
        }
        if (padded.length < height * tile.depth) {
            padded = new float[height * tile.depth];
        }
        Arrays.fill(padded, 0, before * tile.depth, 0f);
        for (int i = before; i < height; i++) {
            for (int j = 0; j < tile.depth; j++) {
                padded[i * tile.depth + j] = p.a[tile.aAt + i * aRow + j * aStep];
            }
        }
        tile.a = padded;
        tile.aAt = 0;
        tile.aRow = tile.depth;
        tile.aStep = 1;
    }

    /**
     * Tiles go straight into {@code c}, except where rows lack, and where a tile with unused lanes, which writes back
     * what lies behind its columns, would do so behind the end of {@code c}, in another student's matrix.
     */
    private void compute(Product p, int row, int col, int width, boolean isFull) {
        int height = width == LANES ? VectorTiles.NARROW_ROWS : VectorTiles.ROWS;
        int first = row * p.cols + col;
        if (isFull && first + (height - 1) * p.cols + width <= p.rows * p.cols) {
            tile.c = p.c;
            tile.cAt = p.cAt + first;
            tile.cRow = p.cols;
            compute(width);
            return;
        }
        Arrays.fill(aside, 0f);
        tile.c = aside;
        tile.cAt = 0;
        tile.cRow = width;
        compute(width);
        int rows = Math.min(height, p.rows - row);
        for (int i = 0; i < rows; i++) {
            int from = (height - rows + i) * width;
            elementwise.add(p.c, p.cAt + first + i * p.cols, aside, from, tile.used);
        }
    }

    private void compute(int width) {
        if (width == LANES) {
            VectorTiles.oneVector(tile);
        } else if (width == 2 * LANES) {
            VectorTiles.twoVectors(tile);
        } else {
            VectorTiles.fourVectors(tile);
        }
    }
}
