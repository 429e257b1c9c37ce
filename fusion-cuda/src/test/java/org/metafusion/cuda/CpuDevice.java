package org.metafusion.cuda;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.metafusion.cuda.CpuKernels.Launch;

/**
 * A device without a graphics card: the real kernels on the CPU, products in Java, memory that is poisoned when
 * allocated and when freed. It finds wrong arguments, wrong geometry and use of memory that is not there.
 */
final class CpuDevice implements Device {

    private static final int POISON = 0x7fc0dead;

    private final CpuKernels kernels = CpuKernels.shared();
    private final TreeMap<Long, ByteBuffer> pieces = new TreeMap<>();
    private int allocations;
    private int launches;
    private int writes;
    private boolean closed;
    private long free = 1L << 30;
    private final Map<Long, List<Runnable>> graphs = new HashMap<>();
    private @Nullable List<Runnable> recording;
    private long recorded;
    private int replays;

    @Override
    public String name() {
        return "kernels on the CPU";
    }

    @Override
    public String detail() {
        return "no graphics card; for tests";
    }

    @Override
    public int busyBlocks() {
        return 6;
    }

    /** Pieces of memory allocated so far. */
    int allocations() {
        return allocations;
    }

    /** Kernels and products started so far. */
    int launches() {
        return launches;
    }

    /** Copies to the device so far. */
    int writes() {
        return writes;
    }

    /** Bytes allocated and not freed. */
    long held() {
        return pieces.values().stream().mapToLong(ByteBuffer::capacity).sum();
    }

    boolean isClosed() {
        return closed;
    }

    @Override
    public long allocate(long bytes, String purpose) {
        ByteBuffer piece =
                ByteBuffer.allocateDirect(Math.toIntExact(bytes) + 256).order(ByteOrder.nativeOrder());
        poison(piece);
        allocations++;
        long start = CpuKernels.address(piece);
        long aligned = (start + 255) / 256 * 256;
        piece.position((int) (aligned - start));
        ByteBuffer usable = piece.slice().order(ByteOrder.nativeOrder());
        usable.limit(Math.toIntExact(bytes));
        pieces.put(aligned, usable.slice().order(ByteOrder.nativeOrder()));
        return aligned;
    }

    private static void poison(ByteBuffer piece) {
        int[] words = new int[piece.capacity() / 4];
        Arrays.fill(words, POISON);
        piece.duplicate().order(ByteOrder.nativeOrder()).clear().asIntBuffer().put(words);
    }

    @Override
    public void free(long address) {
        ByteBuffer piece = pieces.remove(address);
        if (piece == null) {
            throw new IllegalStateException("free: " + address + " was not allocated");
        }
        poison(piece);
    }

    @Override
    public long freeBytes() {
        return free;
    }

    /** Sets what {@link #freeBytes} says. */
    CpuDevice withFreeBytes(long bytes) {
        free = bytes;
        return this;
    }

    /** Where an address lies: the piece and the byte in it. */
    private record Place(ByteBuffer piece, int at) {}

    private Place place(long address, long bytes) {
        Map.Entry<Long, ByteBuffer> entry = pieces.floorEntry(address);
        if (entry == null || address - entry.getKey() + bytes > entry.getValue().capacity()) {
            throw new IllegalStateException("no memory of " + bytes + " bytes at " + address);
        }
        return new Place(entry.getValue(), (int) (address - entry.getKey()));
    }

    @Override
    public void clear(long address, long bytes) {
        Place place = place(address, bytes);
        place.piece.put(place.at, new byte[Math.toIntExact(bytes)]);
    }

    @Override
    public void write(long address, float[] values, int from, int count) {
        writes++;
        put(address, values, from, count);
    }

    private void put(long address, float[] values, int from, int count) {
        Place place = place(address, 4L * count);
        place.piece.asFloatBuffer().put(place.at / 4, values, from, count);
    }

    @Override
    public void write(long address, int[] values, int from, int count) {
        writes++;
        Place place = place(address, 4L * count);
        place.piece.asIntBuffer().put(place.at / 4, values, from, count);
    }

    @Override
    public void write(long address, long[] values) {
        writes++;
        Place place = place(address, 8L * values.length);
        place.piece.asLongBuffer().put(place.at / 8, values);
    }

    @Override
    public void read(long address, float[] values, int from, int count) {
        Place place = place(address, 4L * count);
        place.piece.asFloatBuffer().get(place.at / 4, values, from, count);
    }

    @Override
    public void launch(Kernel kernel, Grid grid, long[] arguments, int count) {
        long[] copy = Arrays.copyOf(arguments, count);
        start(() -> {
            Launch launch = Launch.of(grid.x(), grid.y(), grid.sharedBytes()).ordered(launches % 3 - 1);
            kernels.launch(kernel.symbol(), launch, copy);
        });
    }

    private void start(Runnable work) {
        Runnable counted = () -> {
            launches++;
            work.run();
        };
        if (recording != null) {
            recording.add(counted);
        } else {
            counted.run();
        }
    }

    @Override
    public void multiply(Products products) {
        Products copy = copy(products);
        start(() -> multiplyAll(copy));
    }

    private static Products copy(Products p) {
        Products copy = new Products().sizes(p.rows, p.inner, p.cols);
        copy.leftTransposed = p.leftTransposed;
        copy.rightTransposed = p.rightTransposed;
        copy.beta = p.beta;
        copy.count = p.count;
        copy.a.of(p.a.first(), p.a.addresses(), p.a.stride());
        copy.b.of(p.b.first(), p.b.addresses(), p.b.stride());
        copy.c.of(p.c.first(), p.c.addresses(), p.c.stride());
        return copy;
    }

    private void multiplyAll(Products p) {
        Place tables = place(p.c.addresses(), 8L * p.count);
        for (int s = 0; s < p.count; s++) {
            long c = tables.piece.getLong(tables.at + 8 * s);
            long a = entry(p.a, s);
            long b = entry(p.b, s);
            if (p.isStrided()) {
                requireStride(p, s, c, a, b);
            }
            multiply(p, c, a, b);
        }
    }

    private long entry(Products.Side side, int student) {
        Place place = place(side.addresses() + 8L * student, 8);
        return place.piece.getLong(place.at);
    }

    private static void requireStride(Products p, int s, long c, long a, long b) {
        if (c != p.c.first() + 4 * s * p.c.stride()
                || a != p.a.first() + 4 * s * p.a.stride()
                || b != p.b.first() + 4 * s * p.b.stride()) {
            throw new IllegalStateException("strides and addresses of " + p + " disagree");
        }
    }

    private void multiply(Products p, long c, long a, long b) {
        float[] left = floats(a, p.rows * p.inner);
        float[] right = floats(b, p.inner * p.cols);
        float[] to = p.beta == 0f ? new float[p.rows * p.cols] : floats(c, p.rows * p.cols);
        int aRow = p.leftTransposed ? 1 : p.aLength();
        int aStep = p.leftTransposed ? p.aLength() : 1;
        int bRow = p.rightTransposed ? 1 : p.bLength();
        int bStep = p.rightTransposed ? p.bLength() : 1;
        double[] sums = new double[p.cols];
        for (int i = 0; i < p.rows; i++) {
            Arrays.fill(sums, 0);
            for (int k = 0; k < p.inner; k++) {
                double factor = left[i * aRow + k * aStep];
                for (int j = 0; j < p.cols; j++) {
                    sums[j] += factor * right[k * bRow + j * bStep];
                }
            }
            for (int j = 0; j < p.cols; j++) {
                int at = i * p.cols + j;
                to[at] = (float) (sums[j] + (p.beta == 0f ? 0 : p.beta * to[at]));
            }
        }
        put(c, to, 0, to.length);
    }

    private float[] floats(long address, int count) {
        float[] values = new float[count];
        read(address, values, 0, count);
        return values;
    }

    @Override
    public void synchronize() {}

    @Override
    public long record(Runnable calls) {
        List<Runnable> graph = new ArrayList<>();
        recording = graph;
        try {
            calls.run();
            graphs.put(++recorded, graph);
        } finally {
            recording = null;
        }
        return recorded;
    }

    @Override
    public void replay(long graph) {
        replays++;
        graphs.getOrDefault(graph, List.of()).forEach(Runnable::run);
    }

    @Override
    public void forget(long graph) {
        graphs.remove(graph);
    }

    /** Graphs recorded and not forgotten. */
    int graphs() {
        return graphs.size();
    }

    /** Graphs started so far. */
    int replays() {
        return replays;
    }

    /** Graphs recorded so far. */
    long recorded() {
        return recorded;
    }

    @Override
    public void close() {
        closed = true;
    }
}
