package org.metafusion.cuda;

/** Matrix products of pointer tables, with the sizes that leave nothing to multiply. */
final class ProductCalls {

    private final Launcher launcher;
    private final Products products = new Products();

    ProductCalls(Launcher launcher) {
        this.launcher = launcher;
    }

    /** A product of all students of three tables. */
    Products of(Table c, Table a, Table b) {
        return of(c, 0, a, 0, b, 0, c.matrices().length);
    }

    /** A product of {@code count} students, each operand from an entry of its table on. */
    Products of(Table c, int cFrom, Table a, int aFrom, Table b, int bFrom, int count) {
        products.c.of(c, cFrom);
        products.a.of(a, aFrom);
        products.b.of(b, bFrom);
        products.count = count;
        return products;
    }

    /** {@code c = a b}. */
    void set() {
        run(0f);
    }

    /** {@code c += a b}. */
    void add() {
        run(1f);
    }

    private void run(float beta) {
        if (products.rows == 0 || products.cols == 0) {
            return;
        }
        if (products.inner > 0) {
            products.beta = beta;
            launcher.device().multiply(products);
        } else if (beta == 0f) {
            long area = (long) products.rows * products.cols;
            launcher.none()
                    .pointer(products.c.addresses())
                    .integer(products.count)
                    .wide(area)
                    .real(0f)
                    .run(Kernel.FILL, products.count, (area + 3) / 4);
        }
    }
}
