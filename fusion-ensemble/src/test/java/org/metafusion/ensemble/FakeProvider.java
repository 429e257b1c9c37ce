package org.metafusion.ensemble;

import org.metafusion.core.FusionException;
import org.metafusion.core.tensor.Availability;
import org.metafusion.core.tensor.BackendConfig;
import org.metafusion.core.tensor.BackendProvider;
import org.metafusion.core.tensor.TensorBackend;
import org.metafusion.cpu.CpuBackendProvider;

/** The CPU under another name, with a will of its own. */
record FakeProvider(String name, int priority, Availability probe, boolean opens) implements BackendProvider {

    static FakeProvider usable(String name, int priority) {
        return new FakeProvider(name, priority, new Availability(true, "ready"), true);
    }

    static FakeProvider unusable(String name, int priority, String reason) {
        return new FakeProvider(name, priority, new Availability(false, reason), false);
    }

    static FakeProvider failing(String name, int priority) {
        return new FakeProvider(name, priority, new Availability(true, "ready"), false);
    }

    @Override
    public TensorBackend open(BackendConfig config) {
        if (!opens) {
            throw new FusionException("device '" + name + "' is busy");
        }
        return new CpuBackendProvider().open(config);
    }
}
