package org.metafusion.onnx.encoder;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.metafusion.core.FusionException;

/** The SHA-256 of an ONNX file, by which a stored model knows its encoder again. */
record GraphHash(String hex) {

    /** Its name in a stored state. */
    static final String KEY = "sha256";

    static GraphHash of(byte[] graph) {
        try {
            return new GraphHash(HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(graph)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }

    /** As a stored state can hold it: a number from 0 to 255 a byte. */
    float[] stored() {
        byte[] bytes = HexFormat.of().parseHex(hex);
        float[] numbers = new float[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            numbers[i] = bytes[i] & 0xFF;
        }
        return numbers;
    }

    /** @throws FusionException if what was {@link #stored} is of another file */
    void requireSame(String encoder, float[] numbers) {
        if (!isOf(numbers)) {
            throw new FusionException("Encoder '" + encoder + "' is registered with an ONNX file of SHA-256 " + hex
                    + " but the model was fitted with one of " + hex(numbers) + "; register that file");
        }
    }

    /** Whether it is what was {@link #stored}. */
    boolean isOf(float[] numbers) {
        return hex(numbers).equals(hex);
    }

    private static String hex(float[] numbers) {
        byte[] bytes = new byte[numbers.length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (int) numbers[i];
        }
        return HexFormat.of().formatHex(bytes);
    }
}
