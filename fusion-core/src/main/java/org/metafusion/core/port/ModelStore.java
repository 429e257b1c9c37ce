package org.metafusion.core.port;

import java.nio.file.Path;

/** Keeps models in files. */
public interface ModelStore {

    /**
     * Writes the model to {@code file}, in place of what was there; on failure what was there stays and nothing
     * half-written is left.
     *
     * @throws org.metafusion.core.FusionException if it cannot be written
     */
    void save(StoredModel model, Path file);

    /**
     * Reads a model and verifies it.
     *
     * @throws org.metafusion.core.FusionException if the file is missing, foreign, truncated, changed or of another
     *     version, saying which
     */
    StoredModel load(Path file);
}
