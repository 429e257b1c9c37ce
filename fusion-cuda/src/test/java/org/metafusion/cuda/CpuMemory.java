package org.metafusion.cuda;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.opentest4j.AssertionFailedError;

/**
 * A piece of native memory for kernels on the CPU, with guard zones before and after it. Its contents are 32-bit words;
 * it may start at any multiple of 4 bytes.
 */
final class CpuMemory {

    /** A NaN, so that reading too far poisons a result; with an unusual payload, so that writing too far is noticed. */
    private static final int GUARD = 0x7fc5a5a5;

    private static final int ZONE = 256;

    private final ByteBuffer buffer;
    private final int first;
    private final int length;

    private CpuMemory(int length, int offset) {
        this.length = length;
        this.buffer = ByteBuffer.allocateDirect(4 * (length + 2 * ZONE + 8)).order(ByteOrder.nativeOrder());
        int toBoundary = (int) (-CpuKernels.address(buffer) & 15) / 4;
        this.first = ZONE + toBoundary + offset;
        for (int word = 0; word < buffer.capacity() / 4; word++) {
            buffer.putInt(4 * word, GUARD);
        }
    }

    /** Memory of {@code bits}, {@code offset} (0 to 3) words after a 16-byte boundary. */
    static CpuMemory of(int[] bits, int offset) {
        CpuMemory memory = new CpuMemory(bits.length, offset);
        for (int i = 0; i < bits.length; i++) {
            memory.buffer.putInt(4 * (memory.first + i), bits[i]);
        }
        return memory;
    }

    /** Memory full of NaN. */
    static CpuMemory poisoned(int length, int offset) {
        int[] bits = new int[length];
        Arrays.fill(bits, GUARD);
        return of(bits, offset);
    }

    /** A table of addresses. */
    static CpuMemory table(CpuMemory... entries) {
        CpuMemory table = new CpuMemory(2 * entries.length, 0);
        for (int i = 0; i < entries.length; i++) {
            table.buffer.putLong(4 * (table.first + 2 * i), entries[i].address());
        }
        return table;
    }

    static int[] bits(float... values) {
        int[] bits = new int[values.length];
        for (int i = 0; i < values.length; i++) {
            bits[i] = Float.floatToRawIntBits(values[i]);
        }
        return bits;
    }

    long address() {
        return CpuKernels.address(buffer) + 4L * first;
    }

    int[] bits() {
        int[] bits = new int[length];
        for (int i = 0; i < length; i++) {
            bits[i] = buffer.getInt(4 * (first + i));
        }
        return bits;
    }

    /** Fails if something wrote before or after this memory. */
    void requireGuards(String what) {
        for (int word = 0; word < buffer.capacity() / 4; word++) {
            boolean inside = word >= first && word < first + length;
            if (!inside && buffer.getInt(4 * word) != GUARD) {
                throw new AssertionFailedError(what + " [" + length + "]: element " + (word - first) + " was written");
            }
        }
    }
}
