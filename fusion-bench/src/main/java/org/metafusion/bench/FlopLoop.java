package org.metafusion.bench;

/** A loop of multiplications and additions on registers alone. */
interface FlopLoop {

    /** Runs it; the result only keeps the compiler from leaving it out. */
    float run(int iterations);

    /** Multiplications and additions of one iteration. */
    int flops();

    /**
     * The loop in vectors as wide as the processor's.
     *
     * @throws IllegalStateException if the Vector API is not there
     */
    static FlopLoop vectors() {
        try {
            // By name, so that nothing refers to the Vector API's classes where its module is missing.
            return (FlopLoop) Class.forName("org.metafusion.bench.VectorFlopLoop")
                    .getDeclaredConstructor()
                    .newInstance();
        } catch (ReflectiveOperationException | LinkageError e) {
            throw new IllegalStateException(
                    "The peak needs module jdk.incubator.vector; start Java with --add-modules jdk.incubator.vector",
                    e);
        }
    }
}
