package org.metafusion.cpu;

import java.util.Locale;
import java.util.function.Supplier;
import org.metafusion.core.FusionException;
import org.metafusion.core.tensor.RowKernel;

/**
 * Which inner loops a backend computes with, and why.
 *
 * @param products makes the matrix products, one instance a thread
 * @param elementwise makes the element-wise loops
 * @param rows computes single rows
 * @param reason for people: what was chosen and why
 */
record InnerLoops(Supplier<MatrixProducts> products, Supplier<Elementwise> elementwise, RowKernel rows, String reason) {

    /** The system property that names the products: {@code auto}, {@code ejml}, {@code plain} or {@code vector}. */
    static final String PROPERTY = "fusion.cpu.products";

    private static final String VECTOR_MODULE = "jdk.incubator.vector";
    private static final String CURE = "start Java with --add-modules " + VECTOR_MODULE;

    MatrixProducts create() {
        return products.get();
    }

    static InnerLoops fromSystemProperty() {
        return of(System.getProperty(PROPERTY, "auto"));
    }

    /** @throws FusionException if the name is unknown or cannot be used here */
    static InnerLoops of(String name) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "ejml" ->
                new InnerLoops(EjmlProducts::new, PlainElementwise::new, RowKernel.PLAIN, "EJML, as configured");
            case "plain" ->
                new InnerLoops(PlainProducts::new, PlainElementwise::new, RowKernel.PLAIN, "plain Java, as configured");
            case "vector" -> vector("as configured");
            case "auto" -> auto();
            default ->
                throw new FusionException(PROPERTY + " must be auto, ejml, plain or vector but is '" + name + "'");
        };
    }

    private static InnerLoops auto() {
        if (isVectorModuleThere()) {
            return vector("module " + VECTOR_MODULE + " is there");
        }
        return new InnerLoops(
                PlainProducts::new,
                PlainElementwise::new,
                RowKernel.PLAIN,
                "plain Java, since module " + VECTOR_MODULE + " is missing; " + CURE);
    }

    private static boolean isVectorModuleThere() {
        return ModuleLayer.boot().findModule(VECTOR_MODULE).isPresent();
    }

    /** By name, so that nothing refers to the Vector API's classes where its module is missing. */
    private static InnerLoops vector(String why) {
        if (!isVectorModuleThere()) {
            throw new FusionException(
                    PROPERTY + "=vector needs module " + VECTOR_MODULE + ", which is missing; " + CURE);
        }
        try {
            Class<? extends MatrixProducts> products = load("VectorProducts", MatrixProducts.class);
            Class<? extends Elementwise> elementwise = load("VectorElementwise", Elementwise.class);
            String shape = (String) products.getDeclaredMethod("describe").invoke(null);
            RowKernel rows = instance(load("VectorRowKernel", RowKernel.class));
            return new InnerLoops(
                    () -> instance(products),
                    () -> instance(elementwise),
                    rows,
                    "Vector API with " + shape + ", " + why);
        } catch (ReflectiveOperationException | LinkageError e) {
            throw new FusionException(
                    "The Vector API products do not load: " + e + "; set -D" + PROPERTY + "=plain", e);
        }
    }

    private static <T> Class<? extends T> load(String name, Class<T> type) throws ClassNotFoundException {
        return Class.forName("org.metafusion.cpu." + name).asSubclass(type);
    }

    private static <T> T instance(Class<T> type) {
        try {
            return type.getDeclaredConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
