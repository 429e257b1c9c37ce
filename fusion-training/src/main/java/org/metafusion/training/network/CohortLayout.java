package org.metafusion.training.network;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.ToIntFunction;
import org.metafusion.core.FusionException;
import org.metafusion.core.cohort.Cohort;
import org.metafusion.core.fusion.FusionOperator;
import org.metafusion.core.fusion.FusionOperators;
import org.metafusion.core.fusion.InitialValues;
import org.metafusion.core.representation.EncoderForm;
import org.metafusion.core.representation.Representation;
import org.metafusion.core.student.StudentSpec;
import org.metafusion.core.tensor.Members;
import org.metafusion.core.tensor.OptimizerKernels.ParameterLayout;
import org.metafusion.training.representation.EncoderStarts;
import org.metafusion.training.representation.InputKey;

/**
 * The flat parameter buffer of a cohort: who owns which part, and which matrix lies where.
 *
 * <p>Every student is there in as many <em>copies</em> as there are folds, which differ in the rows they learn from. To
 * the tensor port a copy is a student: copy {@code f} of student {@code s} has number {@code s * folds + f}, so that a
 * student's copies lie one behind the other, and with one fold a copy is the student.
 */
public final class CohortLayout {

    private final Cohort cohort;
    private final int folds;
    private final FusionOperators operators;
    private final ToIntFunction<InputKey> inputWidth;
    private final List<StudentParameters> copies = new ArrayList<>();
    private final int size;

    /**
     * Lays out the parameters of one copy a student.
     *
     * @see #CohortLayout(Cohort, int, FusionOperators, ToIntFunction)
     */
    public CohortLayout(Cohort cohort, FusionOperators operators, ToIntFunction<InputKey> inputWidth) {
        this(cohort, 1, operators, inputWidth);
    }

    /**
     * Lays out the parameters.
     *
     * @param folds copies of each student
     * @param inputWidth the width of each input matrix
     * @throws FusionException if an operator cannot fuse a student's representations, or the buffer exceeds 2^31 floats
     */
    public CohortLayout(Cohort cohort, int folds, FusionOperators operators, ToIntFunction<InputKey> inputWidth) {
        this.cohort = cohort;
        this.folds = folds;
        this.operators = operators;
        this.inputWidth = inputWidth;
        long offset = 0;
        for (int copy = 0; copy < cohort.size() * folds; copy++) {
            StudentParameters parameters = new Builder(offset).build(copy);
            copies.add(parameters);
            offset += parameters.size();
            if (offset > Integer.MAX_VALUE) {
                throw tooLarge();
            }
        }
        size = (int) offset;
    }

    private FusionException tooLarge() {
        return new FusionException("The cohort has more than 2^31 parameters (students: " + cohort.size()
                + ", copies of each: " + folds
                + "); lower the widths of hidden layers, encoders or operators, or the cap on"
                + " students");
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

    /** Copies of each student. */
    public int folds() {
        return folds;
    }

    /** All copies of the given students, ascending. */
    public Members copiesOf(int... students) {
        return Members.of(java.util.Arrays.stream(students)
                .flatMap(s -> java.util.stream.IntStream.range(s * folds, (s + 1) * folds))
                .toArray());
    }

    /** All copies of all students. */
    public Members everyone() {
        return Members.all(copies.size());
    }

    /** The student a copy is of. */
    public int student(int copy) {
        return copy / folds;
    }

    /** The fold whose rows a copy does not learn from. */
    public int fold(int copy) {
        return copy % folds;
    }

    /** Those of some copies that belong to a fold. */
    public Members ofFold(int fold, Members copies) {
        return Members.of(copies.students().filter(copy -> fold(copy) == fold).toArray());
    }

    /** What a copy's student is made of. */
    public StudentSpec spec(int copy) {
        return cohort.students().get(student(copy));
    }

    /** The input matrix a copy reads of a modality its student uses. */
    public InputKey input(int copy, int modality) {
        return InputKey.of(modality, spec(copy).representations().get(modality), fold(copy));
    }

    StudentParameters copy(int copy) {
        return copies.get(copy);
    }

    /** The number of floats of all students. */
    public int size() {
        return size;
    }

    /** The number of floats of all copies of one student. */
    public int size(int student) {
        StudentParameters last = copies.get((student + 1) * folds - 1);
        return last.offset() + last.size() - offset(student);
    }

    /** The offset of one student's part, that of its first copy. */
    public int offset(int student) {
        return copies.get(student * folds).offset();
    }

    /** The modalities a copy reads, ascending. */
    public int[] modalities(int copy) {
        return copies.get(copy).modalities().clone();
    }

    /** Which part belongs to which of the given copies. */
    public ParameterLayout parts(Members members) {
        int[] bounds = new int[2 * members.count()];
        for (int i = 0; i < members.count(); i++) {
            StudentParameters parameters = copies.get(members.student(i));
            bounds[2 * i] = parameters.offset();
            bounds[2 * i + 1] = parameters.offset() + parameters.size();
        }
        return new ParameterLayout(members, bounds);
    }

    /** The inputs the given copies read. */
    public SortedSet<InputKey> inputs(Members members) {
        SortedSet<InputKey> keys = new TreeSet<>();
        for (int i = 0; i < members.count(); i++) {
            int copy = members.student(i);
            for (int m : spec(copy).modalities()) {
                keys.add(input(copy, m));
            }
        }
        return keys;
    }

    /**
     * Initial values of all copies, each from a seed of its own drawn from {@code seed} in order, so that they do not
     * depend on who else is in the cohort's stack.
     */
    public float[] initialise(long seed) {
        float[] flat = new float[size];
        java.util.SplittableRandom seeds = new java.util.SplittableRandom(seed);
        for (StudentParameters parameters : copies) {
            parameters.initialise(flat, seeds.nextLong());
        }
        return flat;
    }

    /** As {@link #initialise(long)}, but fine-tuned encoders start from those given. */
    public float[] initialise(long seed, EncoderStarts starts) {
        float[] flat = initialise(seed);
        for (int copy = 0; copy < copies.size(); copy++) {
            for (int m : modalities(copy)) {
                List<StudentParameters.Layer> layers =
                        copies.get(copy).encoders().get(m);
                starts.of(m, spec(copy).representations().get(m), fold(copy))
                        .ifPresent(encoder -> StudentParameters.fill(flat, Objects.requireNonNull(layers), encoder));
            }
        }
        return flat;
    }

    /**
     * Where training starts: as {@link #initialise(long, EncoderStarts)}, but students that are linear in their inputs start
     * at 0. Their losses are convex, so that nothing has to tell units apart, and one of few, widely spread features need
     * not first unlearn what was drawn.
     */
    public float[] start(long seed, EncoderStarts starts) {
        float[] flat = initialise(seed, starts);
        copies.stream()
                .filter(StudentParameters::isLinear)
                .forEach(copy -> Arrays.fill(flat, copy.offset(), copy.offset() + copy.size(), 0f));
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

        StudentParameters build(int copy) {
            StudentSpec spec = spec(copy);
            SortedMap<Integer, List<StudentParameters.Layer>> encoders = new TreeMap<>();
            List<Integer> widths = new ArrayList<>();
            for (int m : spec.modalities()) {
                Representation representation = spec.representations().get(m);
                int width = inputWidth(input(copy, m));
                Optional<EncoderForm> encoder = representation.encoder();
                if (encoder.isPresent()) {
                    encoders.put(m, chain(width, encoder.get().widths()));
                }
                widths.add(encoder.map(EncoderForm::width).orElse(width));
            }
            List<Block> owned = new ArrayList<>();
            List<Integer> termWidths = widths;
            if (widths.size() > 1) {
                FusionOperator operator = operators.named(spec.operator());
                termWidths = operator.termWidths(widths);
                operator.parameters(widths).forEach(b -> owned.add(block(b.rows(), b.cols(), b.initial())));
            }
            List<Integer> outputs = new ArrayList<>(spec.head().hidden());
            outputs.add(cohort.task().outputs());
            int fanIn = within(termWidths.stream().mapToLong(Integer::intValue).sum());
            List<Block> terms = new ArrayList<>();
            for (int width : termWidths) {
                terms.add(block(width, outputs.get(0), fanIn));
            }
            Block bias = block(1, outputs.get(0), fanIn);
            List<StudentParameters.Layer> layers = chain(outputs.get(0), outputs.subList(1, outputs.size()));
            return new StudentParameters(start, next - start, spec.modalities(), encoders, owned, terms, bias, layers);
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
            return block(rows, cols, InitialValues.ofFanIn(fanIn));
        }

        private Block block(int rows, int cols, InitialValues initial) {
            Block block = new Block(next, rows, cols, initial);
            next = within(next + (long) rows * cols);
            return block;
        }

        private int within(long floats) {
            if (floats > Integer.MAX_VALUE) {
                throw tooLarge();
            }
            return (int) floats;
        }
    }
}
