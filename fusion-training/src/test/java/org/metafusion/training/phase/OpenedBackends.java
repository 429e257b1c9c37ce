package org.metafusion.training.phase;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.metafusion.core.tensor.BackendConfig;
import org.metafusion.core.tensor.TensorBackend;
import org.metafusion.cpu.CpuBackendProvider;

/** Backends of a test, closed after it. */
final class OpenedBackends implements AfterEachCallback {

    private final List<TensorBackend> opened = new ArrayList<>();

    TensorBackend open(int threads) {
        TensorBackend backend = new CpuBackendProvider().open(new BackendConfig(threads));
        opened.add(backend);
        return backend;
    }

    @Override
    public void afterEach(ExtensionContext context) {
        opened.forEach(TensorBackend::close);
    }
}
