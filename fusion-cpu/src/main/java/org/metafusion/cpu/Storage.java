package org.metafusion.cpu;

import org.metafusion.core.tensor.OptimizerKernels.ParameterLayout;

/**
 * The floats behind one tensor or one flat buffer and its views, and what the queued calls do to them: the rounds of
 * the queue in which students last wrote their own parts, and last read parts that are not their own alone.
 */
final class Storage {

    final float[] data;
    private final Claims claims = new Claims();
    private long written = -1;
    private long readAcross = -1;

    Storage(int size) {
        data = new float[size];
    }

    Claims claims() {
        return claims;
    }

    void claim(ParameterLayout layout) {
        claims.claim(layout);
    }

    boolean isWrittenIn(long round) {
        return written == round;
    }

    boolean isReadAcrossIn(long round) {
        return readAcross == round;
    }

    void markWritten(long round) {
        written = round;
    }

    void markReadAcross(long round) {
        readAcross = round;
    }
}
