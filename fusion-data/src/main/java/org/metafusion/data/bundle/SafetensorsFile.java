package org.metafusion.data.bundle;

import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalLong;
import org.metafusion.core.port.StoredModel.StoredTensor;
import org.metafusion.data.file.AtomicFile;

/**
 * A file of float32 tensors in the <a href="https://github.com/huggingface/safetensors#format">safetensors</a> format, as
 * Python's {@code safetensors.numpy.load_file} opens it. Equal tensors give equal bytes.
 */
public record SafetensorsFile(Path file) {

    /**
     * Writes the file, in place of what was there; on failure what was there stays.
     *
     * @param tensors by name
     * @param metadata texts that go with them, for {@code safe_open(...).metadata()}
     * @throws org.metafusion.core.FusionException if it cannot be written
     */
    public void write(Map<String, StoredTensor> tensors, Map<String, String> metadata) {
        Safetensors content = new Safetensors(tensors, metadata);
        new AtomicFile(file, OptionalLong.of(content.size())).write(content::writeTo);
    }
}
