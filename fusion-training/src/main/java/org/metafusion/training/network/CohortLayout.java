package org.metafusion.training.network;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.ToIntFunction;
import org.metafusion.core.FusionException;
import org.metafusion.core.cohort.Cohort;
import org.metafusion.core.fusion.FusionOperators;
import org.metafusion.core.representation.Representation;
import org.metafusion.core.student.StudentSpec;
import org.metafusion.core.tensor.Members;
import org.metafusion.core.tensor.OptimizerKernels.ParameterLayout;
import org.metafusion.training.representation.InputKey;

/** The flat parameter buffer of a cohort: who owns which part, and which matrix lies where. */
public final class CohortLayout {

    private final Cohort cohort;
    private final FusionOperators operators;
    private final ToIntFunction<InputKey> inputWidth;
    private final List<StudentParameters> students = new ArrayList<>();
    private final int size;

    /**
     * Lays out the parameters.
     *
     * @param inputWidth the width of each input matrix
     * @throws FusionException if an operator cannot fuse a student's representations, or the buffer exceeds 2^31 floats
     */
    public CohortLayout(Cohort cohort, FusionOperators operators, ToIntFunction<InputKey> inputWidth) {
        this.cohort = cohort;
        this.operators = operators;
        this.inputWidth = inputWidth;
        long offset = 0;
        for (StudentSpec spec : cohort.students()) {
            StudentParameters parameters = new Builder(offset).build(spec);
            students.add(parameters);
            offset += parameters.size();
            if (offset > Integer.MAX_VALUE) {
                throw new FusionException("The cohort's " + cohort.size()
                        + " students have more than 2^31 parameters; lower the cap on students or the hidden widths");
            }
        }
        size = (int) offset;
    }

    public Cohort cohort() {
        return cohort;
    }

    FusionOperators operators() {
        return operators;
    }

    int inputWidth(InputKey key) {
        return inputWidth.applyAsInt(key);
    }

    StudentParameters student(int student) {
        return students.get(student);
    }

    /** The number of floats of all students. */
    public int size() {
        return size;
    }

    /** The number of floats of one student. */
    public int size(int student) {
        return students.get(student).size();
    }

    /** The offset of one student's part. */
    public int offset(int student) {
        return students.get(student).offset();
    }

    /** Which part belongs to which of the given students. */
    public ParameterLayout parts(Members members) {
        int[] bounds = new int[2 * members.count()];
        for (int i = 0; i < members.count(); i++) {
            StudentParameters parameters = students.get(members.student(i));
            bounds[2 * i] = parameters.offset();
            bounds[2 * i + 1] = parameters.offset() + parameters.size();
        }
        return new ParameterLayout(members, bounds);
    }

    /** The inputs the given students read. */
    public SortedSet<InputKey> inputs(Members members) {
        SortedSet<InputKey> keys = new TreeSet<>();
        for (int i = 0; i < members.count(); i++) {
            StudentSpec spec = cohort.students().get(members.student(i));
            for (int m : spec.modalities()) {
                keys.add(InputKey.of(m, spec.representations().get(m)));
            }
        }
        return keys;
    }

    /**
     * Initial values of all students, each from a seed of its own drawn from {@code seed} in order, so that they do not
     * depend on who else is in the cohort's stack.
     */
    public float[] initialise(long seed) {
        float[] flat = new float[size];
        java.util.SplittableRandom seeds = new java.util.SplittableRandom(seed);
        for (StudentParameters parameters : students) {
            parameters.initialise(flat, seeds.nextLong());
        }
        return flat;
    }

    /** Lays out one student from an offset on. */
    private final class Builder {
        private final int start;
        private int next;

        Builder(long offset) {
            start = Math.toIntExact(offset);
            next = start;
        }

        StudentParameters build(StudentSpec spec) {
            SortedMap<Integer, List<StudentParameters.Layer>> encoders = new TreeMap<>();
            List<Integer> widths = new ArrayList<>();
            for (int m : spec.modalities()) {
                Representation representation = spec.representations().get(m);
                int width = inputWidth(InputKey.of(m, representation));
                if (representation instanceof Representation.Encoded encoded) {
                    List<Integer> outputs = new ArrayList<>(encoded.hidden());
                    outputs.add(encoded.width());
                    encoders.put(m, chain(width, outputs));
                    width = encoded.width();
                }
                widths.add(width);
            }
            List<Integer> termWidths = widths.size() == 1
                    ? widths
                    : operators.named(spec.operator()).termWidths(widths);
            List<Integer> outputs = new ArrayList<>(spec.head().hidden());
            outputs.add(cohort.task().outputs());
            int fanIn = termWidths.stream().mapToInt(Integer::intValue).sum();
            List<Block> terms = new ArrayList<>();
            for (int width : termWidths) {
                terms.add(block(width, outputs.get(0), fanIn));
            }
            Block bias = block(1, outputs.get(0), fanIn);
            List<StudentParameters.Layer> layers = chain(outputs.get(0), outputs.subList(1, outputs.size()));
            return new StudentParameters(start, next - start, spec.modalities(), encoders, terms, bias, layers);
        }

        private List<StudentParameters.Layer> chain(int width, List<Integer> outputs) {
            List<StudentParameters.Layer> layers = new ArrayList<>();
            int in = width;
            for (int out : outputs) {
                layers.add(new StudentParameters.Layer(block(in, out, in), block(1, out, in)));
                in = out;
            }
            return layers;
        }

        private Block block(int rows, int cols, int fanIn) {
            Block block = new Block(next, rows, cols, fanIn);
            next = Math.addExact(next, block.size());
            return block;
        }
    }
}
