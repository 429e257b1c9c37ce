package org.metafusion.bench;

/**
 * The size of a matrix product {@code [n, in] [in, width]}.
 *
 * @param n rows of a batch
 */
record ProductSize(int n, int in, int width) {

    /** From {@code 64x768x256}: n, in and width. */
    static ProductSize parse(String text) {
        String[] parts = text.split("x", -1);
        if (parts.length != 3) {
            throw new IllegalArgumentException(
                    "A product is n x in x width, such as 64x768x256, but got '" + text + "'");
        }
        return new ProductSize(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]), Integer.parseInt(parts[2]));
    }

    /** Multiplications and additions. */
    double flops() {
        return 2.0 * n * in * width;
    }
}
