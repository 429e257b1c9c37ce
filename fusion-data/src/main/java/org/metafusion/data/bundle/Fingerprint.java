package org.metafusion.data.bundle;

import java.io.OutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.CRC32;

/** A stream that keeps nothing of what is written to it but the check sums. */
final class Fingerprint extends OutputStream {

    private final CRC32 crc = new CRC32();
    private final MessageDigest digest;

    Fingerprint() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }

    @Override
    public void write(int b) {
        crc.update(b);
        digest.update((byte) b);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        crc.update(bytes, offset, length);
        digest.update(bytes, offset, length);
    }

    long crc() {
        return crc.getValue();
    }

    /** In hexadecimal; what was written so far is forgotten. */
    String sha256() {
        return HexFormat.of().formatHex(digest.digest());
    }
}
