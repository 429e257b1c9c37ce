package org.metafusion.data.bundle;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.metafusion.core.FusionException;
import org.metafusion.core.port.StoredModel;
import org.metafusion.core.port.StoredModel.StoredTensor;
import org.metafusion.data.file.AtomicFile;

/** Writes one bundle. */
record BundleWriter(Path file) {

    /** A time that every zip can hold in every time zone; the first month would get a second, zoned time stamp. */
    private static final LocalDateTime NO_TIME = LocalDateTime.of(1980, 2, 1, 0, 0);

    /** What the zip itself takes: two local headers, two directory entries, the end. */
    private static final int ZIP_FRAME = 2 * 30 + 2 * 46 + 22 + 2 * (13 + 19);

    void write(StoredModel model) {
        requireFinite(model.tensors());
        Safetensors weights = new Safetensors(model.tensors());
        Fingerprint ofWeights = fingerprint(weights::writeTo);
        Envelope envelope = new Envelope(ofWeights.sha256(), weights.size(), model.manifest());
        byte[] manifest = new JsonTree().write(envelope.tree(), true);
        if (manifest.length > BundleReader.LONGEST_MANIFEST) {
            throw new IllegalArgumentException("The manifest takes " + manifest.length + " bytes, more than "
                    + BundleReader.LONGEST_MANIFEST + "; keep numbers in tensors");
        }
        Fingerprint ofManifest = fingerprint(out -> out.write(manifest));
        long wanted = weights.size() + manifest.length + ZIP_FRAME;
        new AtomicFile(file, OptionalLong.of(wanted)).write(out -> {
            ZipOutputStream zip = new ZipOutputStream(out);
            zip.putNextEntry(stored(BundleModelStore.MANIFEST, manifest.length, ofManifest.crc()));
            zip.write(manifest);
            zip.putNextEntry(stored(BundleModelStore.WEIGHTS, weights.size(), ofWeights.crc()));
            weights.writeTo(zip);
            zip.finish();
            zip.flush();
        });
    }

    private static ZipEntry stored(String name, long size, long crc) {
        ZipEntry entry = new ZipEntry(name);
        entry.setMethod(ZipEntry.STORED);
        entry.setTimeLocal(NO_TIME);
        entry.setSize(size);
        entry.setCrc(crc);
        return entry;
    }

    private interface Output {
        void writeTo(OutputStream out) throws IOException;
    }

    private static Fingerprint fingerprint(Output output) {
        Fingerprint fingerprint = new Fingerprint();
        try {
            output.writeTo(fingerprint);
        } catch (IOException e) {
            throw new UncheckedIOException("Check sums cannot fail to be written", e);
        }
        return fingerprint;
    }

    private void requireFinite(Map<String, StoredTensor> tensors) {
        for (Map.Entry<String, StoredTensor> entry : new TreeMap<>(tensors).entrySet()) {
            float[] values = entry.getValue().values();
            for (int i = 0; i < values.length; i++) {
                if (!Float.isFinite(values[i])) {
                    throw new FusionException(
                            "Model " + file + " is not written: weight " + i + " of '" + entry.getKey() + "' is "
                                    + values[i] + "; the training diverged, so lower its learning rate");
                }
            }
        }
    }
}
