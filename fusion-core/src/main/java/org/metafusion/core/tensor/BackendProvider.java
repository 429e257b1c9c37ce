package org.metafusion.core.tensor;

/** Opens backends of one kind; found by {@link java.util.ServiceLoader}, so that adding a jar adds a backend. */
public interface BackendProvider {

    /** The name it is configured by, such as {@code cpu}. */
    String name();

    /** Preference among usable backends when the configuration says {@code auto}; the highest is taken. */
    int priority();

    /** Whether it can be used here; never throws. */
    Availability probe();

    /** @throws org.metafusion.core.FusionException if it cannot be used here, saying what is missing */
    TensorBackend open(BackendConfig config);
}
