package org.metafusion.cpu;

/**
 * Operands of one matrix product, {@code c [rows, cols]} from an inner size {@code inner}, all row-major inside larger
 * arrays. Mutable, one a thread.
 */
final class Product {

    private static final float[] NONE = new float[0];

    float[] a = NONE;
    int aAt;
    float[] b = NONE;
    int bAt;
    float[] c = NONE;
    int cAt;
    int rows;
    int inner;
    int cols;

    Product left(CpuTensor tensor, int student) {
        a = tensor.data();
        aAt = tensor.offset(student);
        return this;
    }

    Product right(CpuTensor tensor, int student) {
        b = tensor.data();
        bAt = tensor.offset(student);
        return this;
    }

    Product into(CpuTensor tensor, int student) {
        c = tensor.data();
        cAt = tensor.offset(student);
        return this;
    }

    Product sizes(int rows, int inner, int cols) {
        this.rows = rows;
        this.inner = inner;
        this.cols = cols;
        return this;
    }
}
