package org.metafusion.cli.command;

import java.util.function.Supplier;
import org.metafusion.cli.report.Terminal;
import org.metafusion.core.port.ModelStore;
import org.metafusion.ensemble.Backends;

/**
 * What commands work with.
 *
 * @param backends looked for when first needed
 * @param store keeps models
 * @param saving guards what is being written
 */
public record Tools(Terminal terminal, Supplier<Backends> backends, ModelStore store, Saving saving) {}
