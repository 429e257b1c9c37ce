package org.metafusion.cpu;

import java.util.Locale;
import java.util.function.Supplier;
import org.metafusion.core.FusionException;

/**
 * Which matrix products a backend computes with, and why.
 *
 * @param supplier makes them, one instance a thread
 * @param reason for people: what was chosen and why
 */
record ProductsChoice(Supplier<MatrixProducts> supplier, String reason) {

    /** The system property that names the products: {@code auto}, {@code ejml}, {@code plain} or {@code vector}. */
    static final String PROPERTY = "fusion.cpu.products";

    private static final String VECTOR_MODULE = "jdk.incubator.vector";
    private static final String CURE = "start Java with --add-modules " + VECTOR_MODULE;

    MatrixProducts create() {
        return supplier.get();
    }

    static ProductsChoice fromSystemProperty() {
        return of(System.getProperty(PROPERTY, "auto"));
    }

    /** @throws FusionException if the name is unknown or cannot be used here */
    static ProductsChoice of(String name) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "ejml" -> new ProductsChoice(EjmlProducts::new, "EJML, as configured");
            case "plain" -> new ProductsChoice(PlainProducts::new, "plain Java, as configured");
            case "vector" -> vector("as configured");
            case "auto" -> auto();
            default ->
                throw new FusionException(PROPERTY + " must be auto, ejml, plain or vector but is '" + name + "'");
        };
    }

    private static ProductsChoice auto() {
        if (isVectorModuleThere()) {
            return vector("module " + VECTOR_MODULE + " is there");
        }
        return new ProductsChoice(
                PlainProducts::new, "plain Java, since module " + VECTOR_MODULE + " is missing; " + CURE);
    }

    private static boolean isVectorModuleThere() {
        return ModuleLayer.boot().findModule(VECTOR_MODULE).isPresent();
    }

    /** By name, so that nothing refers to the Vector API's classes where its module is missing. */
    private static ProductsChoice vector(String why) {
        if (!isVectorModuleThere()) {
            throw new FusionException(
                    PROPERTY + "=vector needs module " + VECTOR_MODULE + ", which is missing; " + CURE);
        }
        try {
            Class<?> type = Class.forName("org.metafusion.cpu.VectorProducts");
            String shape = (String) type.getDeclaredMethod("describe").invoke(null);
            return new ProductsChoice(() -> instance(type), "Vector API with " + shape + ", " + why);
        } catch (ReflectiveOperationException | LinkageError e) {
            throw new FusionException(
                    "The Vector API products do not load: " + e + "; set -D" + PROPERTY + "=plain", e);
        }
    }

    private static MatrixProducts instance(Class<?> type) {
        try {
            return (MatrixProducts) type.getDeclaredConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
