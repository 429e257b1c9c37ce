package org.metafusion.data.bundle;

import java.nio.file.Path;
import org.metafusion.core.port.ModelStore;
import org.metafusion.core.port.StoredModel;

/**
 * Keeps a model in one zip file, {@code *.fusion}, with two entries, neither compressed:
 *
 * <ul>
 *   <li>{@code manifest.json}: {@code format} ({@code metafusion-model}), {@code formatVersion} (1), {@code weights}
 *       ({@code file}, {@code sha256}, {@code bytes}) and {@code model}, the model's manifest;
 *   <li>{@code weights.safetensors}: its tensors, float32, as
 *       <a href="https://github.com/huggingface/safetensors#format">safetensors</a>, which other languages read too.
 * </ul>
 *
 * <p>Equal models give equal bytes. Of the manifest's numbers whole ones come back as {@link Integer}, or {@link Long}
 * where they are too large for that, and others as {@link Double} (a {@link Float} as the double of its shortest decimal);
 * maps and lists come back unmodifiable. Nulls, other types, and numbers that are not finite are refused with
 * {@link IllegalArgumentException}; a weight that is not finite with {@link org.metafusion.core.FusionException}, since a
 * training that diverged made it.
 *
 * <p>A file is written beside its target and renamed when it is complete. Loading trusts nothing: it checks format,
 * version, lengths, the check sums of both entries, and every tensor's shape, before memory is taken by what the file
 * claims.
 */
public final class BundleModelStore implements ModelStore {

    static final String MANIFEST = "manifest.json";
    static final String WEIGHTS = "weights.safetensors";

    @Override
    public void save(StoredModel model, Path file) {
        new BundleWriter(file).write(model);
    }

    @Override
    public StoredModel load(Path file) {
        return new BundleReader(file).read();
    }
}
