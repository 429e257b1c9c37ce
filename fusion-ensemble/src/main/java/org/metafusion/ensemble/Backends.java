package org.metafusion.ensemble;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.ServiceLoader;
import org.metafusion.core.FusionException;
import org.metafusion.core.tensor.Availability;
import org.metafusion.core.tensor.BackendConfig;
import org.metafusion.core.tensor.BackendProvider;
import org.metafusion.core.tensor.TensorBackend;

/**
 * The backends on the class path and the choice among them. A backend that is named is used or the choice fails;
 * {@code auto} takes the usable one of the highest priority that opens, and logs why others were skipped.
 */
public final class Backends {

    /** The name that leaves the choice open. */
    public static final String AUTO = "auto";

    private static final List<String> OFFICIAL = List.of("cpu", "cuda");
    private static final System.Logger LOG = System.getLogger(Backends.class.getName());

    private final List<BackendProvider> providers;

    public Backends(Iterable<BackendProvider> providers) {
        List<BackendProvider> sorted = new ArrayList<>();
        providers.forEach(sorted::add);
        sorted.sort(Comparator.comparingInt(BackendProvider::priority).reversed());
        this.providers = List.copyOf(sorted);
    }

    /** Those found by {@link ServiceLoader}. */
    public static Backends installed() {
        return new Backends(ServiceLoader.load(BackendProvider.class));
    }

    /** A backend and whether it can be used here. */
    public record Status(String name, Availability availability) {}

    /** All installed backends, the preferred first; then the official ones that are not installed. */
    public List<Status> status() {
        List<Status> all = new ArrayList<>();
        providers.forEach(p -> all.add(new Status(p.name(), p.probe())));
        for (String name : OFFICIAL) {
            if (providers.stream().noneMatch(p -> p.name().equals(name))) {
                all.add(new Status(name, new Availability(false, notInstalled(name))));
            }
        }
        return all;
    }

    private static String notInstalled(String name) {
        return "not installed; add the jar fusion-" + name + " to the class path";
    }

    /**
     * Opens the named backend, or for {@value #AUTO} the best usable one.
     *
     * @throws FusionException if it is unknown, not installed or not usable, saying what is missing
     */
    public TensorBackend open(String name, BackendConfig config) {
        return name.equals(AUTO) ? openBest(config) : openNamed(name, config);
    }

    private TensorBackend openNamed(String name, BackendConfig config) {
        for (BackendProvider provider : providers) {
            if (provider.name().equals(name)) {
                Availability availability = provider.probe();
                if (!availability.usable()) {
                    throw new FusionException("Backend '" + name + "' cannot be used: " + availability.reason());
                }
                return provider.open(config);
            }
        }
        if (OFFICIAL.contains(name)) {
            throw new FusionException(
                    "Backend '" + name + "' is " + notInstalled(name) + ", or set fusion.backend to " + choices());
        }
        throw new FusionException("Unknown backend '" + name + "'; set fusion.backend to " + choices());
    }

    private String choices() {
        List<String> names = new ArrayList<>();
        names.add(AUTO);
        providers.forEach(p -> names.add(p.name()));
        return String.join(" or ", names);
    }

    private TensorBackend openBest(BackendConfig config) {
        List<String> skipped = new ArrayList<>();
        for (BackendProvider provider : providers) {
            Availability availability = provider.probe();
            if (!availability.usable()) {
                skipped.add(provider.name() + " (" + availability.reason() + ")");
                continue;
            }
            try {
                TensorBackend backend = provider.open(config);
                if (!skipped.isEmpty()) {
                    LOG.log(System.Logger.Level.INFO, "Backend {0} chosen; skipped {1}", provider.name(), skipped);
                }
                return backend;
            } catch (FusionException e) {
                skipped.add(provider.name() + " (" + e.getMessage() + ")");
            }
        }
        throw new FusionException("No usable backend: "
                + (skipped.isEmpty() ? "cpu is " + notInstalled("cpu") : String.join(", ", skipped)));
    }
}
