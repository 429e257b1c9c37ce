package org.metafusion.cuda;

import java.util.Arrays;

/*
 * How a training step becomes one call of the driver. Steps are the same launches on the same memory again and again; what
 * differs (row numbers, seeds, the optimiser's corrections) lies in device memory. While a step is recorded, launches and
 * products are written down instead of started. If the list is, number by number, that of the step before, the device
 * records it into a graph, and every further step with that list is one launch of the graph. A list that differs is
 * started piece by piece and the graph forgotten, so nothing has to promise that steps are alike.
 */
/** A device that writes launches down while a step is recorded; see the comment above. */
final class StepRecorder implements Device {

    private static final System.Logger LOG = System.getLogger(StepRecorder.class.getName());
    private static final int PRODUCT = -1;

    private final Device device;
    private final Products products = new Products();
    private final long[] arguments = new long[32];
    private long[] list = new long[1024];
    private long[] before = new long[0];
    private int length;
    private int lengthBefore;
    private boolean recording;
    private boolean whole;
    private boolean usable = true;
    private boolean hasGraph;
    private long graph;
    private Runnable beforeStart = () -> {};

    StepRecorder(Device device) {
        this.device = device;
    }

    /** Writes down what follows. @param uploads what must reach the device before the step is started */
    void begin(Runnable uploads) {
        beforeStart = uploads;
        recording = true;
        whole = true;
        length = 0;
    }

    /** Starts the step. */
    void end() {
        recording = false;
        beforeStart.run();
        if (!whole) {
            issue();
            drop();
            return;
        }
        boolean repeated = lengthBefore == length && Arrays.equals(list, 0, length, before, 0, length);
        if (!repeated) {
            drop();
            remember();
            issue();
        } else if (hasGraph) {
            device.replay(graph);
        } else {
            recordGraph();
        }
    }

    /** Starts what there is of a step that failed on the way. */
    void abandon() {
        try {
            flush();
        } finally {
            recording = false;
            beforeStart.run();
            drop();
        }
    }

    /** Whether the last step was, or has now become, a graph. */
    boolean hasGraph() {
        return hasGraph;
    }

    boolean isRecording() {
        return recording;
    }

    private void remember() {
        if (before.length < length) {
            before = new long[list.length];
        }
        System.arraycopy(list, 0, before, 0, length);
        lengthBefore = length;
    }

    private void recordGraph() {
        if (usable) {
            try {
                graph = device.record(this::startAll);
                hasGraph = true;
                device.replay(graph);
                return;
            } catch (org.metafusion.core.FusionException e) {
                usable = false;
                LOG.log(System.Logger.Level.WARNING, "Steps are not recorded as CUDA graphs: {0}", e.getMessage());
            }
        }
        issue();
    }

    private void drop() {
        if (hasGraph) {
            device.forget(graph);
            hasGraph = false;
        }
        lengthBefore = -1;
    }

    /** Starts what was written down so far; the step is then in pieces and becomes no graph. */
    void flush() {
        if (recording && length > 0) {
            whole = false;
            beforeStart.run();
            issue();
        }
    }

    private void issue() {
        startAll();
        length = 0;
    }

    private void startAll() {
        int at = 0;
        while (at < length) {
            at = list[at] == PRODUCT ? issueProduct(at + 1) : issueLaunch(at);
        }
    }

    private int issueLaunch(int start) {
        int at = start;
        Kernel kernel = Kernel.of((int) list[at++]);
        Grid grid = new Grid((int) list[at++], (int) list[at++], (int) list[at++]);
        int count = (int) list[at++];
        System.arraycopy(list, at, arguments, 0, count);
        device.launch(kernel, grid, arguments, count);
        return at + count;
    }

    private int issueProduct(int start) {
        int at = start;
        products.leftTransposed = list[at++] == 1;
        products.rightTransposed = list[at++] == 1;
        products.sizes((int) list[at++], (int) list[at++], (int) list[at++]);
        products.beta = list[at++];
        products.count = (int) list[at++];
        for (Products.Side side : new Products.Side[] {products.a, products.b, products.c}) {
            side.of(list[at++], list[at++], list[at++]);
        }
        device.multiply(products);
        return at;
    }

    private void note(long value) {
        if (length == list.length) {
            list = Arrays.copyOf(list, 2 * length);
        }
        list[length++] = value;
    }

    @Override
    public void launch(Kernel kernel, Grid grid, long[] values, int count) {
        if (!recording) {
            device.launch(kernel, grid, values, count);
            return;
        }
        note(kernel.ordinal());
        note(grid.x());
        note(grid.y());
        note(grid.sharedBytes());
        note(count);
        for (int i = 0; i < count; i++) {
            note(values[i]);
        }
    }

    @Override
    public void multiply(Products p) {
        if (!recording) {
            device.multiply(p);
            return;
        }
        note(PRODUCT);
        note(p.leftTransposed ? 1 : 0);
        note(p.rightTransposed ? 1 : 0);
        note(p.rows);
        note(p.inner);
        note(p.cols);
        note((long) p.beta);
        note(p.count);
        for (Products.Side side : new Products.Side[] {p.a, p.b, p.c}) {
            note(side.first());
            note(side.addresses());
            note(side.stride());
        }
    }

    @Override
    public String name() {
        return device.name();
    }

    @Override
    public String detail() {
        return device.detail();
    }

    @Override
    public int busyBlocks() {
        return device.busyBlocks();
    }

    @Override
    public long allocate(long bytes, String purpose) {
        return device.allocate(bytes, purpose);
    }

    @Override
    public void free(long address) {
        flush();
        drop();
        device.free(address);
    }

    @Override
    public long freeBytes() {
        return device.freeBytes();
    }

    @Override
    public void clear(long address, long bytes) {
        device.clear(address, bytes);
    }

    @Override
    public void write(long address, float[] values, int from, int count) {
        flush();
        device.write(address, values, from, count);
    }

    @Override
    public void write(long address, int[] values, int from, int count) {
        device.write(address, values, from, count);
    }

    @Override
    public void write(long address, long[] values) {
        device.write(address, values);
    }

    @Override
    public void read(long address, float[] values, int from, int count) {
        flush();
        device.read(address, values, from, count);
    }

    @Override
    public void synchronize() {
        flush();
        device.synchronize();
    }

    @Override
    public long record(Runnable calls) {
        return device.record(calls);
    }

    @Override
    public void replay(long recorded) {
        device.replay(recorded);
    }

    @Override
    public void forget(long recorded) {
        device.forget(recorded);
    }

    @Override
    public void close() {
        drop();
        device.close();
    }
}
