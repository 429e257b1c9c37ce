package org.metafusion.cuda;

/**
 * One matrix product a student, {@code c [rows, cols] = op(a) op(b) + beta c}, all row-major; {@code op(a)} is
 * {@code [rows, inner]} and {@code op(b)} is {@code [inner, cols]}. Mutable, one a backend.
 *
 * <p>Libraries that think in columns see the transposes: {@code c' = op(b)' op(a)'}, so {@code b} is their first
 * operand, and a matrix's row length is their leading dimension.
 */
final class Products {

    /** Matrices of one operand for all students of the product. */
    static final class Side {
        private long first;
        private long addresses;
        private long stride;

        /** Entries {@code from ..} of a table. */
        void of(Table table, int from) {
            first = table.matrices()[from];
            addresses = table.addressFrom(from);
            stride = table.stride() < 0 ? Table.IRREGULAR : table.stride() / Float.BYTES;
        }

        void of(long firstMatrix, long arrayOfAddresses, long floatsApart) {
            first = firstMatrix;
            addresses = arrayOfAddresses;
            stride = floatsApart;
        }

        /** Where the first student's matrix lies. */
        long first() {
            return first;
        }

        /** The array of addresses in device memory. */
        long addresses() {
            return addresses;
        }

        /** Floats from one matrix to the next, or {@link Table#IRREGULAR}. */
        long stride() {
            return stride;
        }
    }

    final Side a = new Side();
    final Side b = new Side();
    final Side c = new Side();
    boolean leftTransposed;
    boolean rightTransposed;
    int rows;
    int inner;
    int cols;
    float beta;
    int count;

    Products plain() {
        leftTransposed = false;
        rightTransposed = false;
        return this;
    }

    Products leftTransposed() {
        leftTransposed = true;
        rightTransposed = false;
        return this;
    }

    Products rightTransposed() {
        leftTransposed = false;
        rightTransposed = true;
        return this;
    }

    Products sizes(int rows, int inner, int cols) {
        this.rows = rows;
        this.inner = inner;
        this.cols = cols;
        return this;
    }

    /** The row length of {@code a} as it is stored. */
    int aLength() {
        return leftTransposed ? rows : inner;
    }

    /** The row length of {@code b} as it is stored. */
    int bLength() {
        return rightTransposed ? inner : cols;
    }

    /** Whether all three operands lie at constant distances. */
    boolean isStrided() {
        return a.stride() >= 0 && b.stride() >= 0 && c.stride() >= 0;
    }

    @Override
    public String toString() {
        return count + " x [" + rows + ", " + inner + (leftTransposed ? "]' x [" : "] x [") + inner + ", " + cols
                + (rightTransposed ? "]'" : "]") + (beta == 0f ? "" : " added");
    }
}
