package org.metafusion.cuda;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.metafusion.testkit.TensorAssert;

/**
 * A call of one kernel with all its operands, in the order of its parameters. It can be run again and again, each time
 * on fresh memory, in another grid, order or alignment; results must be the same bits, operands that are only read must
 * stay as they are, and nothing around any operand may be written.
 */
final class KernelCall {

    private enum Use {
        READ,
        WRITE,
        UPDATE
    }

    /** A parameter: memory behind a pointer or a table of pointers, or ({@code values} empty) 8 raw bytes. */
    private record Parameter(Use use, boolean table, int[][] values, long raw) {}

    private final String kernel;
    private final List<Parameter> parameters = new ArrayList<>();
    private int sharedBytes;
    private boolean oneRowOfBlocks;

    private KernelCall(String kernel) {
        this.kernel = kernel;
    }

    static KernelCall of(String kernel) {
        return new KernelCall(kernel);
    }

    /** A table of matrices that are read. */
    KernelCall read(float[]... matrices) {
        return add(Use.READ, true, bits(matrices));
    }

    /** A table of matrices that are overwritten, full of NaN before. */
    KernelCall write(int students, int area) {
        return add(Use.WRITE, true, new int[students][area]);
    }

    /** A table of matrices that are changed. */
    KernelCall update(float[]... matrices) {
        return add(Use.UPDATE, true, bits(matrices));
    }

    KernelCall readArray(float... values) {
        return add(Use.READ, false, bits(new float[][] {values}));
    }

    KernelCall writeArray(int length) {
        return add(Use.WRITE, false, new int[1][length]);
    }

    KernelCall updateArray(float... values) {
        return add(Use.UPDATE, false, bits(new float[][] {values}));
    }

    KernelCall readInts(int... values) {
        return add(Use.READ, false, new int[][] {values});
    }

    KernelCall updateInts(int... values) {
        return add(Use.UPDATE, false, new int[][] {values});
    }

    KernelCall value(int... values) {
        Arrays.stream(values).forEach(value -> raw(CpuKernels.bits(value)));
        return this;
    }

    KernelCall value(float... values) {
        for (float value : values) {
            raw(CpuKernels.bits(value));
        }
        return this;
    }

    /** A long, or 0 for a null pointer. */
    KernelCall raw(long value) {
        parameters.add(new Parameter(Use.READ, false, new int[0][], value));
        return this;
    }

    KernelCall shared(int bytes) {
        sharedBytes = bytes;
        return this;
    }

    /** For kernels whose grid has x alone. */
    KernelCall inOneRowOfBlocks() {
        oneRowOfBlocks = true;
        return this;
    }

    private KernelCall add(Use use, boolean table, int[][] values) {
        parameters.add(new Parameter(use, table, values, 0));
        return this;
    }

    private static int[][] bits(float[][] matrices) {
        return Arrays.stream(matrices).map(CpuMemory::bits).toArray(int[][]::new);
    }

    /** Runs all variants; gives the operands written, in the order of the parameters. */
    Results run(CpuKernels kernels) {
        Results first = run(kernels, Variant.all().get(0));
        for (Variant variant : Variant.all().subList(1, Variant.all().size())) {
            first.requireSame(run(kernels, variant), kernel + " with " + variant);
        }
        return first;
    }

    private Results run(CpuKernels kernels, Variant variant) {
        List<CpuMemory[]> memories = new ArrayList<>();
        List<CpuMemory> tables = new ArrayList<>();
        long[] arguments = new long[parameters.size()];
        for (int i = 0; i < arguments.length; i++) {
            CpuMemory[] memory = allocate(parameters.get(i), i, variant);
            memories.add(memory);
            if (parameters.get(i).table) {
                CpuMemory table = CpuMemory.table(memory);
                tables.add(table);
                arguments[i] = table.address();
            } else {
                arguments[i] = memory.length == 0 ? parameters.get(i).raw : memory[0].address();
            }
        }
        kernels.launch(kernel, variant.launch(sharedBytes, oneRowOfBlocks), arguments);
        Results results = new Results(new ArrayList<>());
        for (int i = 0; i < arguments.length; i++) {
            collect(parameters.get(i), memories.get(i), kernel + " parameter " + i, results);
        }
        assertThat(tables).allSatisfy(table -> table.requireGuards("pointer table"));
        return results;
    }

    private static CpuMemory[] allocate(Parameter parameter, int index, Variant variant) {
        CpuMemory[] memory = new CpuMemory[parameter.values.length];
        for (int m = 0; m < memory.length; m++) {
            int offset = variant.offset(index, m);
            memory[m] = parameter.use == Use.WRITE
                    ? CpuMemory.poisoned(parameter.values[m].length, offset)
                    : CpuMemory.of(parameter.values[m], offset);
        }
        return memory;
    }

    private static void collect(Parameter parameter, CpuMemory[] memory, String what, Results results) {
        int[][] after = new int[memory.length][];
        for (int m = 0; m < memory.length; m++) {
            memory[m].requireGuards(what + " matrix " + m);
            after[m] = memory[m].bits();
            if (parameter.use == Use.READ) {
                assertThat(after[m]).as(what + " is only read").isEqualTo(parameter.values[m]);
            }
        }
        if (parameter.use != Use.READ) {
            results.written.add(after);
        }
    }

    /** The operands written, as bits. */
    record Results(List<int[][]> written) {

        float[] floats(int operand, int matrix) {
            int[] bits = written.get(operand)[matrix];
            float[] values = new float[bits.length];
            for (int i = 0; i < values.length; i++) {
                values[i] = Float.intBitsToFloat(bits[i]);
            }
            return values;
        }

        int[] ints(int operand) {
            return written.get(operand)[0];
        }

        private void requireSame(Results other, String what) {
            for (int operand = 0; operand < written.size(); operand++) {
                for (int matrix = 0; matrix < written.get(operand).length; matrix++) {
                    TensorAssert.assertSameBits(
                            what + ", result " + operand + ", matrix " + matrix,
                            floats(operand, matrix),
                            other.floats(operand, matrix));
                }
            }
        }
    }

    /** Grid, order and alignment of a run. Offset 4 stands for another offset for each operand and matrix. */
    private record Variant(int gridX, int gridY, int order, int offset) {

        static List<Variant> all() {
            return List.of(
                    new Variant(2, 1, CpuKernels.Launch.FORWARD, 0),
                    new Variant(1, 1, CpuKernels.Launch.REVERSE, 1),
                    new Variant(3, 2, 1, 4),
                    new Variant(7, 3, 2, 0));
        }

        int offset(int operand, int matrix) {
            return offset == 4 ? (operand + matrix) % 4 : offset;
        }

        CpuKernels.Launch launch(int sharedBytes, boolean oneRowOfBlocks) {
            return CpuKernels.Launch.of(gridX, oneRowOfBlocks ? 1 : gridY, sharedBytes)
                    .ordered(order);
        }
    }
}
