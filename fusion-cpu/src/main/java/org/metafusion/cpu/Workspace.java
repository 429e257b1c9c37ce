package org.metafusion.cpu;

/** What one computing thread reuses from call to call: its matrix products and scratch memory. */
final class Workspace {

    final MatrixProducts products;
    final Product product = new Product();
    final Softmax.Result softmax = new Softmax.Result();
    private float[] floats = new float[0];

    Workspace(MatrixProducts products) {
        this.products = products;
    }

    /** Scratch of at least this many floats, with what was in it. */
    float[] floats(int size) {
        if (floats.length < size) {
            floats = new float[Math.max(size, 2 * floats.length)];
        }
        return floats;
    }
}
