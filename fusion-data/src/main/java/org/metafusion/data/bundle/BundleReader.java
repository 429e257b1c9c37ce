package org.metafusion.data.bundle;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;
import org.metafusion.core.FusionException;
import org.metafusion.core.port.StoredModel;
import org.metafusion.core.port.StoredModel.StoredTensor;

/** Reads and verifies one bundle. */
record BundleReader(Path file) {

    static final int LONGEST_MANIFEST = 64 << 20;

    private static final String GIVE = "; give a file that 'fusion fit' wrote";

    StoredModel read() {
        requireZip();
        try (ZipFile zip = new ZipFile(file.toFile())) {
            Envelope envelope = envelope(zip);
            return new StoredModel(envelope.model(), tensors(zip, envelope));
        } catch (ZipException | IllegalArgumentException e) {
            throw damaged("the zip is cut short or broken (" + e.getMessage() + ")", e);
        } catch (IOException e) {
            throw damaged(String.valueOf(e.getMessage()), e);
        }
    }

    private void requireZip() {
        if (!Files.exists(file)) {
            throw new FusionException("Model " + file + " does not exist; check the path");
        }
        if (Files.isDirectory(file)) {
            throw new FusionException("Model " + file + " is a folder" + GIVE);
        }
        byte[] start;
        try (InputStream in = Files.newInputStream(file)) {
            start = in.readNBytes(4);
        } catch (IOException e) {
            throw new FusionException(
                    "Model " + file + " cannot be read (" + e.getClass().getSimpleName()
                            + "); check that you may read it",
                    e);
        }
        if (start.length == 0) {
            throw new FusionException("Model " + file + " is empty" + GIVE);
        }
        byte[] zip = {'P', 'K', 3, 4};
        for (int i = 0; i < start.length; i++) {
            if (start[i] != zip[i]) {
                throw new FusionException("Model " + file + " is no MetaFusion model (not a zip file)" + GIVE);
            }
        }
    }

    private Envelope envelope(ZipFile zip) throws IOException {
        ZipEntry entry = zip.getEntry(BundleModelStore.MANIFEST);
        if (entry == null) {
            throw foreign("there is no " + BundleModelStore.MANIFEST + " in it");
        }
        byte[] bytes;
        try (InputStream in = zip.getInputStream(entry)) {
            bytes = in.readNBytes(LONGEST_MANIFEST + 1);
        }
        if (bytes.length > LONGEST_MANIFEST) {
            throw new IOException(BundleModelStore.MANIFEST + " is longer than " + LONGEST_MANIFEST + " bytes");
        }
        Fingerprint fingerprint = new Fingerprint();
        fingerprint.write(bytes, 0, bytes.length);
        if (fingerprint.crc() != entry.getCrc()) {
            throw new IOException("the check sum of " + BundleModelStore.MANIFEST + " is wrong");
        }
        Map<String, Object> tree = named(BundleModelStore.MANIFEST, () -> new JsonTree().read(bytes));
        requireVersion(tree.get("format"), tree.get("formatVersion"));
        return named(BundleModelStore.MANIFEST, () -> Envelope.of(tree));
    }

    private void requireVersion(@Nullable Object format, @Nullable Object version) throws IOException {
        if (!Envelope.FORMAT.equals(format)) {
            throw foreign("its " + BundleModelStore.MANIFEST + " is of another program");
        }
        if (!(version instanceof Number number) || number.longValue() < 1) {
            throw new IOException("its formatVersion is " + version);
        }
        if (number.longValue() > Envelope.VERSION) {
            throw new FusionException("Model " + file + " was written by a newer version of MetaFusion (format "
                    + version + ", this one reads up to " + Envelope.VERSION + "); update MetaFusion");
        }
    }

    private Map<String, StoredTensor> tensors(ZipFile zip, Envelope envelope) throws IOException {
        ZipEntry entry = zip.getEntry(BundleModelStore.WEIGHTS);
        if (entry == null) {
            throw new IOException("there is no " + BundleModelStore.WEIGHTS + " in it");
        }
        if (entry.getMethod() != ZipEntry.STORED) {
            throw new IOException(BundleModelStore.WEIGHTS + " is compressed, as if packed anew");
        }
        if (entry.getSize() != envelope.bytes() || envelope.bytes() > Files.size(file)) {
            throw new IOException(BundleModelStore.WEIGHTS + " has " + entry.getSize()
                    + " bytes where the manifest says " + envelope.bytes());
        }
        Fingerprint fingerprint = new Fingerprint();
        try (InputStream in = zip.getInputStream(entry)) {
            in.transferTo(fingerprint);
        }
        if (!fingerprint.sha256().equals(envelope.sha256())) {
            throw new IOException("the weights are not those that were written (their SHA-256 differs)");
        }
        try (InputStream in = zip.getInputStream(entry)) {
            return named(BundleModelStore.WEIGHTS, () -> finite(Safetensors.read(in, envelope.bytes())));
        }
    }

    private static Map<String, StoredTensor> finite(Map<String, StoredTensor> tensors) throws IOException {
        for (Map.Entry<String, StoredTensor> entry : tensors.entrySet()) {
            for (float value : entry.getValue().values()) {
                if (!Float.isFinite(value)) {
                    throw new IOException("tensor '" + entry.getKey() + "' holds " + value);
                }
            }
        }
        return tensors;
    }

    private interface Step<T> {
        T take() throws IOException;
    }

    /** Puts the entry's name before what a step objects to. */
    private static <T> T named(String entry, Step<T> step) throws IOException {
        try {
            return step.take();
        } catch (IOException e) {
            throw new IOException(entry + ": " + e.getMessage(), e);
        }
    }

    private FusionException foreign(String why) {
        return new FusionException("Model " + file + " is a zip file but no MetaFusion model (" + why + ")" + GIVE);
    }

    private FusionException damaged(String what, Exception cause) {
        return new FusionException(
                "Model " + file + " is damaged: " + what.replaceAll("\\s+", " ")
                        + "; copy it anew or fit the model again",
                cause);
    }
}
