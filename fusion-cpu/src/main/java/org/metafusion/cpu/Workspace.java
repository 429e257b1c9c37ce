package org.metafusion.cpu;

/** What one computing thread reuses from call to call: its inner loops and scratch memory. */
final class Workspace {

    final MatrixProducts products;
    final Elementwise elementwise;
    final Product product = new Product();
    final Softmax.Result softmax;
    final BilinearProducts bilinear;
    private float[] floats = new float[0];

    Workspace(InnerLoops loops) {
        products = loops.products().get();
        elementwise = loops.elementwise().get();
        softmax = new Softmax.Result(elementwise);
        bilinear = new BilinearProducts(this);
    }

    /** Scratch of at least this many floats, with what was in it. */
    float[] floats(int size) {
        if (floats.length < size) {
            floats = new float[Math.max(size, 2 * floats.length)];
        }
        return floats;
    }
}
