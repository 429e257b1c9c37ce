package org.metafusion.bench.peers;

/** A library's {@code y = x w} of fixed matrices {@code x [n, in]}, {@code w [in, width]}, on one thread. */
interface PeerProduct extends AutoCloseable {

    /** Computes it; the result is some handle on {@code y}. */
    Object multiply();

    /** Element 0 of {@code y}, to see that something was computed. */
    float first();

    @Override
    void close();

    /** {@code pytorch}, {@code openblas}, {@code nd4j} or {@code ejml}. */
    static PeerProduct of(String peer, Operands operands) {
        return switch (peer) {
            case "pytorch" -> new PyTorchProduct(operands);
            case "openblas" -> new OpenBlasProduct(operands);
            case "nd4j" -> new Nd4jProduct(operands);
            case "ejml" -> new EjmlProduct(operands);
            default -> throw new IllegalArgumentException("Unknown peer '" + peer + "'");
        };
    }

    /** The matrices to multiply, row-major. */
    record Operands(int n, int in, int width, float[] x, float[] w) {}
}
