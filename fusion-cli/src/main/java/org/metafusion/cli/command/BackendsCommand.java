package org.metafusion.cli.command;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.metafusion.cli.content.BackendSection;
import org.metafusion.cli.report.Renderer;
import org.metafusion.core.FusionException;
import org.metafusion.core.tensor.BackendConfig;
import org.metafusion.core.tensor.BackendInfo;
import org.metafusion.core.tensor.TensorBackend;
import org.metafusion.ensemble.Backends;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code fusion backends}: what can compute here. */
@Command(
        name = "backends",
        description = "Shows what can compute here, how, and what is missing for the others.",
        footer = {"", "Example:", "  fusion backends"})
final class BackendsCommand implements Callable<Integer> {

    @Mixin
    private OutputOptions output = new OutputOptions();

    private final Tools tools;

    BackendsCommand(Tools tools) {
        this.tools = tools;
    }

    @Override
    public Integer call() {
        Backends backends = tools.backends().get();
        List<BackendSection.Row> rows = new ArrayList<>();
        for (Backends.Status status : backends.status()) {
            boolean isFirst = rows.stream().noneMatch(BackendSection.Row::usable);
            rows.add(row(backends, status, isFirst));
        }
        Renderer renderer = output.renderer(tools.terminal(), "backends");
        renderer.section(BackendSection.of(rows));
        renderer.finish();
        return 0;
    }

    private static BackendSection.Row row(Backends backends, Backends.Status status, boolean isFirst) {
        String name = status.name();
        String found = status.availability().reason();
        if (!status.availability().usable()) {
            return new BackendSection.Row(name, false, false, "", found);
        }
        try (TensorBackend backend = backends.open(name, BackendConfig.DEFAULT)) {
            BackendInfo info = backend.info();
            return new BackendSection.Row(name, true, isFirst, info.device(), info.detail());
        } catch (FusionException e) {
            return new BackendSection.Row(name, false, false, "", String.valueOf(e.getMessage()));
        }
    }
}
