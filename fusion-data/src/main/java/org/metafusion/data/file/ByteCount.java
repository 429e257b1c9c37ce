package org.metafusion.data.file;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Counts the bytes that reached the stream below. */
final class ByteCount {

    private long count;

    long count() {
        return count;
    }

    OutputStream over(OutputStream below) {
        return new FilterOutputStream(below) {
            @Override
            public void write(int b) throws IOException {
                out.write(b);
                count++;
            }

            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                out.write(bytes, offset, length);
                count += length;
            }
        };
    }
}
